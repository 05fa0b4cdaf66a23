import { describe, expect, it } from '@jest/globals';
import { distanceM, type Fix } from '@app/shared';
import {
  emptyFix,
  flagOf,
  type FixContext,
  type FixDevice,
  isJump,
  judgeFix,
  readReport,
} from '../../../../server/src/positions/position.rules.js';

const NOW = Date.UTC(2026, 10, 24, 8);
const DAY = 86_400_000;
const iso = (ms: number) => new Date(ms).toISOString();
const device: FixDevice = { id: 'device', team: 'team', datum: 'wgs84' };
const context: FixContext = {
  receivedAt: NOW,
  latest: NOW + 60_000,
  earliest: NOW - 7 * DAY,
  city: [97.8, 39.6, 98.6, 40.0],
};
const report = { device: 'd', at: iso(NOW), lng: 98.2888, lat: 39.7721 };

function take(seen: unknown, about: Partial<FixContext> = {}, known: FixDevice | undefined = device) {
  const raw = emptyFix();
  return (
    readReport(seen, (name) => (name === 'd' ? known : undefined), raw) ??
    judgeFix(raw, { ...context, ...about })
  );
}

describe('a position of a JSON batch', () => {
  it('becomes a fix', () => {
    expect(take({ ...report, speedKmh: 36, headingDeg: 90 })).toEqual({
      device: 'device',
      team: 'team',
      observedAt: NOW,
      lng: 98.2888,
      lat: 39.7721,
      speedKmh: 36,
      headingDeg: 90,
      receivedAt: NOW,
    });
  });

  it('keeps an unknown motion unknown', () => {
    expect(take(report)).toMatchObject({ speedKmh: NaN, headingDeg: NaN });
  });

  it.each([
    ['no object', 7],
    ['null', null],
    ['an array', [1, 2]],
    ['no device', { ...report, device: undefined }],
    ['a device that is a number', { ...report, device: 7 }],
    ['a longitude in quotes', { ...report, lng: '98.2' }],
    ['a latitude that is no number', { ...report, lat: NaN, lng: null }],
    ['a speed in quotes', { ...report, speedKmh: '3' }],
    ['a heading of null', { ...report, headingDeg: null }],
    ['an accuracy in quotes', { ...report, accuracyM: '8' }],
    ['a datum that nobody knows', { ...report, datum: 'nad27' }],
    ['no time', { ...report, at: undefined }],
    ['a time without an offset', { ...report, at: '2026-11-24T08:00:00' }],
    ['a time that is only a day', { ...report, at: '2026-11-24' }],
    ['a time in words', { ...report, at: 'Tue Nov 24 2026 08:00:00 GMT' }],
    ['a time that does not exist', { ...report, at: '2026-13-24T08:00:00Z' }],
  ])('is malformed with %s', (_, seen) => {
    expect(take(seen)).toBe('request.malformed');
  });

  it('is refused with a field that nobody knows', () => {
    expect(take({ ...report, plate: '甘B 00000' })).toBe('request.unknown-field');
  });

  it('takes a time with an offset', () => {
    expect(take({ ...report, at: '2026-11-24T16:00:00+08:00' })).toMatchObject({ observedAt: NOW });
  });

  it('is refused from a device that is not known or out of reach', () => {
    expect(take({ ...report, device: 'e' })).toBe('device.unknown');
  });

  it.each([
    [{ lng: 181, lat: 91 }, 'place.out-of-range'],
    [{ lng: 200, lat: 39.7 }, 'place.out-of-range'],
    [{ lng: 39.7721, lat: 98.2888 }, 'place.swapped'],
    [{ lng: 98.2888, lat: -39.7721 }, 'fix'],
  ])('at %j gives %s', (place, outcome) => {
    const judged = take({ ...report, ...place });
    expect(typeof judged === 'string' ? judged : 'fix').toBe(outcome);
  });

  it('tells that coordinates are swapped where both ways round are on Earth', () => {
    const city = [8.3, 48.9, 8.6, 49.1] as const;
    expect(take({ ...report, lng: 49, lat: 8.4 }, { city })).toBe('place.swapped');
    expect(take({ ...report, lng: 49, lat: 8.4 }, { city: undefined })).toMatchObject({ lng: 49, lat: 8.4 });
    expect(take({ ...report, lng: 8.9, lat: 50.5 }, { city })).toMatchObject({ lng: 8.9 });
  });

  it.each([
    [{ speedKmh: -1 }, 'position.out-of-range'],
    [{ speedKmh: 400 }, 'fix'],
    [{ speedKmh: 401 }, 'position.out-of-range'],
    [{ headingDeg: -0.1 }, 'position.out-of-range'],
    [{ headingDeg: 361 }, 'position.out-of-range'],
  ])('moving as %j gives %s', (motion, outcome) => {
    const judged = take({ ...report, ...motion });
    expect(typeof judged === 'string' ? judged : 'fix').toBe(outcome);
  });

  it('heads north at 360 as at 0', () => {
    expect(take({ ...report, headingDeg: 360 })).toMatchObject({ headingDeg: 0 });
  });

  it("is brought to WGS 84 from its own datum, else from the device's", () => {
    const gcj = { ...report, lng: 98.289399, lat: 39.772932 };
    for (const judged of [take({ ...gcj, datum: 'gcj02' }), take(gcj, {}, { ...device, datum: 'gcj02' })]) {
      if (typeof judged === 'string') throw new Error(judged);
      expect(distanceM([judged.lng, judged.lat], [98.2888, 39.7721])).toBeLessThan(0.2);
    }
    expect(take({ ...gcj, datum: 'wgs84' }, {}, { ...device, datum: 'gcj02' })).toMatchObject({
      lng: 98.289399,
    });
  });
});

describe('a flag', () => {
  const fixAt = (observedAt: number) => {
    const fix = take(report);
    if (typeof fix === 'string') throw new Error(fix);
    return { ...fix, observedAt };
  };

  it.each([
    [NOW + 60_000, undefined],
    [NOW + 60_001, 'time.future'],
    [NOW - 7 * DAY, undefined],
    [NOW - 7 * DAY - 1, 'time.past'],
  ])('of a clock that says %d is %s', (at, code) => {
    expect(flagOf(fixAt(at), context, undefined)).toBe(code);
  });

  it('is that of a jump where the clock may be right', () => {
    const last = { observedAt: NOW, lng: 99.2888, lat: 39.7721 };
    expect(flagOf(fixAt(NOW + 1_000), context, last)).toBe('position.jump');
    expect(flagOf(fixAt(NOW + DAY), context, last)).toBe('time.future');
  });

  it('is not for a time that there is not', () => {
    const raw = { ...emptyFix(), device, lng: 98.2888, lat: 39.7721 };
    for (const at of [NaN, Infinity, -8.7e15])
      expect(judgeFix({ ...raw, at }, context)).toBe('request.malformed');
  });
});

describe('a jump', () => {
  const last = { observedAt: NOW, lng: 98.2888, lat: 39.7721 };
  const fix = (afterMs: number, north: number): Fix => ({
    device: 'd',
    team: 't',
    lng: last.lng,
    speedKmh: NaN,
    headingDeg: NaN,
    observedAt: NOW + afterMs,
    lat: last.lat + north / 111_195,
  });

  it.each([
    [1_000, 100, false],
    [1_000, 500, true],
    [60_000, 6_000, false],
    [60_000, 7_000, true],
    [-60_000, 7_000, true],
    [600_000, 70_000, true],
    [600_001, 70_000, false],
    [0, 0, false],
    [0, 190, false],
    [0, 210, true],
  ])('after %d ms and %d m: %s', (afterMs, metres, outcome) => {
    expect(isJump(fix(afterMs, metres), last)).toBe(outcome);
  });
});
