import { describe, expect, it } from '@jest/globals';
import { toInstant } from '@app/shared';
import { numberHead } from '../../../../server/src/incidents/incident-number.rules.js';
import { placeTold, whenTold } from '../../../../server/src/incidents/told.rules.js';

const NOW = Date.UTC(2026, 10, 24, 8);
const HOUR = 3_600_000;
const at = (ms: number) => toInstant(NOW + ms);

describe('when a thing happened', () => {
  it.each([
    ['untold is now', undefined, false, NOW],
    ['a minute ahead is a clock that is off', at(60_000), false, NOW + 60_000],
    ['23 hours back', at(-23 * HOUR), false, NOW - 23 * HOUR],
    ['six years back, by an import', at(-6 * 365 * 24 * HOUR), true, NOW - 6 * 365 * 24 * HOUR],
  ])('%s', (_, told, isImport, expected) => {
    expect(whenTold(told, NOW, isImport)).toEqual({ ok: true, value: expected });
  });

  it.each([
    ['time.future', at(61_000), false],
    ['time.future', at(61_000), true],
    ['time.past', at(-24 * HOUR - 1), false],
  ])('is refused as %s: %s', (code, told, isImport) => {
    expect(whenTold(told, NOW, isImport)).toMatchObject({ ok: false, code });
  });
});

describe('where a thing happened', () => {
  const lisbon = [-9.23, 38.69, -9.09, 38.8] as const;

  it('is taken as told near the city and far from it', () => {
    expect(placeTold([-9.14, 38.72], lisbon)).toMatchObject({ ok: true });
    expect(placeTold([98.29, 39.77], lisbon)).toMatchObject({ ok: true });
  });

  it('is refused as swapped when the city lies at the other order', () => {
    expect(placeTold([38.72, -9.14], lisbon)).toMatchObject({ ok: false, code: 'place.swapped' });
  });

  it('is never called swapped close to the city', () => {
    expect(placeTold([1.5, 1], [0, 0, 2, 2])).toMatchObject({ ok: true });
  });

  it('is taken as told where the city has no geometry', () => {
    expect(placeTold([38.72, -9.14], null)).toMatchObject({ ok: true });
  });
});

describe('the head of a number', () => {
  it.each([
    ['2026-12-31T15:59:59Z', 'Asia/Shanghai', 2026],
    ['2026-12-31T16:00:00Z', 'Asia/Shanghai', 2027],
    ['2020-04-07T07:00:00Z', 'America/Los_Angeles', 2020],
    ['2026-01-01T07:59:59Z', 'America/Los_Angeles', 2025],
  ])('%s in %s is of %i', (told, zone, year) => {
    expect(numberHead('嘉综', Date.parse(told), zone)).toEqual({ year, head: `嘉综〔${year}〕` });
  });
});
