import { describe, expect, it } from '@jest/globals';
import type { FrameView } from '@app/shared';
import {
  distanceM,
  FrameDecoder,
  FrameEncoder,
  frameGrid,
  METRES_PER_DEGREE,
  readFrameHeader,
  RosterBook,
  scopeFingerprint,
} from '@app/shared';
import * as fc from 'fast-check';

const SCOPE = '0190a000-0000-7000-8000-000000000001';
const [LNG, LAT] = [98.2888, 39.7721];
const START = Date.UTC(2026, 0, 1);
const PER_LNG = METRES_PER_DEGREE * Math.cos((LAT * Math.PI) / 180);

/** `count` teams around the city's centre, row = slot, all seen at START. */
function world(count: number): FrameView {
  return {
    count,
    rows: Int32Array.from({ length: count }, (_, slot) => slot),
    lng: new Float64Array(count).fill(LNG),
    lat: new Float64Array(count).fill(LAT),
    headingDeg: new Float32Array(count).fill(NaN),
    speedKmh: new Float32Array(count).fill(NaN),
    observedAt: new Float64Array(count).fill(START),
  };
}

function put(
  view: FrameView,
  slot: number,
  fix: { eastM?: number; northM?: number; headingDeg?: number; speedKmh?: number; at: number },
) {
  view.lng[slot] = LNG + (fix.eastM ?? 0) / PER_LNG;
  view.lat[slot] = LAT + (fix.northM ?? 0) / METRES_PER_DEGREE;
  view.headingDeg[slot] = fix.headingDeg ?? NaN;
  view.speedKmh[slot] = fix.speedKmh ?? NaN;
  view.observedAt[slot] = fix.at;
}

/** A screen that has the roster `1` of `count` slots and the encoder's first keyframe (tick 0, at START). */
function pair(view: FrameView, grid = frameGrid(LNG, LAT)) {
  const encoder = new FrameEncoder(SCOPE, grid);
  const decoder = new FrameDecoder(SCOPE);
  decoder.useRoster({ version: 1, slots: Array.from({ length: view.count }, (_, slot) => `team-${slot}`) });
  const key = encoder.keyframe(view, { tick: 0, at: START, roster: 1 });
  expect(decoder.apply(key)).toBe('ok');
  return { encoder, decoder, key };
}

const second = (tick: number) => ({ tick, at: START + tick * 1000, roster: 1 });

function expectTold(decoder: FrameDecoder, view: FrameView, at: number) {
  for (let slot = 0; slot < view.count; slot++) {
    const row = view.rows[slot] ?? -1;
    const observedAt = row < 0 ? 0 : (view.observedAt[row] ?? 0);
    expect(decoder.present[slot]).toBe(observedAt > 0 ? 1 : 0);
    if (!(observedAt > 0)) continue;
    const [lng, lat] = [view.lng[row] ?? 0, view.lat[row] ?? 0];
    expect(distanceM([decoder.lng[slot] ?? 0, decoder.lat[slot] ?? 0], [lng, lat])).toBeLessThanOrEqual(0.25);
    const age = at - observedAt;
    if (age >= 0 && age < 65_535_000)
      expect(Math.abs((decoder.observedAt[slot] ?? 0) - observedAt)).toBeLessThanOrEqual(1000);
    const heading = view.headingDeg[row] ?? NaN;
    if (Number.isNaN(heading)) expect(decoder.headingDeg[slot]).toBeNaN();
    else
      expect(Math.abs((((decoder.headingDeg[slot] ?? 0) - heading + 540) % 360) - 180)).toBeLessThanOrEqual(
        0.71,
      );
    const speed = view.speedKmh[row] ?? NaN;
    if (Number.isNaN(speed)) expect(decoder.speedKmh[slot]).toBeNaN();
    else expect(Math.abs((decoder.speedKmh[slot] ?? 0) - Math.min(254, speed))).toBeLessThanOrEqual(0.5);
  }
}

/** The same walk for the same seed: 0 ≤ value < 1. */
function dice(seed: number) {
  let state = seed | 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state >>> 0) / 2 ** 32;
  };
}

/** Moves a share of the teams by up to `reachM` along each axis; the parked ones report the same place again. */
function walk(view: FrameView, at: number, roll: () => number, moving = 1, reachM = 30) {
  for (let slot = 0; slot < view.count; slot++) {
    view.observedAt[slot] = at - Math.floor(roll() * 1000);
    if (slot >= view.count * moving) continue;
    view.lng[slot] = (view.lng[slot] ?? 0) + ((roll() * 2 - 1) * reachM) / PER_LNG;
    view.lat[slot] = (view.lat[slot] ?? 0) + ((roll() * 2 - 1) * reachM) / METRES_PER_DEGREE;
    view.headingDeg[slot] = roll() * 360;
    view.speedKmh[slot] = roll() * 120;
  }
}

describe('a keyframe and the deltas after it', () => {
  it('an hour of random walks never drifts beyond 0.25 m or 1 s', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 20 }), (seed, count) => {
        const roll = dice(seed);
        const view = world(count);
        const { encoder, decoder } = pair(view);
        for (let tick = 1; tick <= 3600; tick++) {
          walk(view, START + tick * 1000, roll);
          expect(decoder.apply(encoder.delta(view, second(tick)))).toBe('ok');
          if (tick % 600 === 0) expectTold(decoder, view, START + tick * 1000);
        }
      }),
      { numRuns: 5 },
    );
  });

  const event = fc.record({
    slot: fc.nat({ max: 11 }),
    eastM: fc.oneof(
      fc.double({ min: -40, max: 40, noNaN: true }),
      fc.double({ min: -50_000, max: 50_000, noNaN: true }),
    ),
    northM: fc.oneof(fc.constant(0), fc.double({ min: -20_000, max: 20_000, noNaN: true })),
    headingDeg: fc.oneof(fc.constant(NaN), fc.double({ min: 0, max: 360, noNaN: true })),
    speedKmh: fc.oneof(fc.constant(NaN), fc.double({ min: 0, max: 400, noNaN: true })),
    ageMs: fc.oneof(fc.integer({ min: 0, max: 1500 }), fc.integer({ min: 0, max: 70_000_000 })),
    gone: fc.boolean(),
  });

  it('tell joins, leaves, jumps, turns and late fixes', () => {
    fc.assert(
      fc.property(fc.array(fc.array(event, { maxLength: 8 }), { maxLength: 20 }), (ticks) => {
        const view = world(12);
        const { encoder, decoder } = pair(view);
        let fixes = 0;
        for (const [i, events] of ticks.entries()) {
          const moment = second(i + 1);
          for (const { slot, ageMs, gone, ...fix } of events) {
            view.rows[slot] = gone ? -1 : slot;
            // A fleet takes no second fix of the same moment, so no two are alike here.
            put(view, slot, { ...fix, at: moment.at - ageMs - ++fixes / 1000 });
          }
          expect(decoder.apply(encoder.delta(view, moment))).toBe('ok');
          expectTold(decoder, view, moment.at);
          const late = new FrameDecoder(SCOPE);
          late.useRoster({ version: 1, slots: Array<string>(12).fill('t') });
          expect(late.apply(encoder.current())).toBe('ok');
          expectTold(late, view, moment.at);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('a screen that joins by current() shows what the others show and follows the next delta', () => {
    const view = world(9);
    const { encoder, decoder } = pair(view);
    const roll = dice(7);
    walk(view, second(1).at, roll);
    decoder.apply(encoder.delta(view, second(1)));
    const late = new FrameDecoder(SCOPE);
    late.useRoster({ version: 1, slots: Array<string>(9).fill('t') });
    expect(late.apply(encoder.current())).toBe('ok');
    walk(view, second(2).at, roll);
    const next = encoder.delta(view, second(2));
    expect(late.apply(next)).toBe('ok');
    expect(decoder.apply(next)).toBe('ok');
    expect([...late.lng]).toEqual([...decoder.lng]);
    expect([...late.lat]).toEqual([...decoder.lat]);
  });

  it('builds current() once per tick', () => {
    const view = world(3);
    const { encoder, key } = pair(view);
    expect(encoder.current()).toBe(key);
    encoder.delta(view, second(1));
    expect(encoder.current()).toBe(encoder.current());
    expect(encoder.current()).not.toBe(key);
  });

  it('a team that reports the same place again costs a bit and is young again', () => {
    const view = world(800);
    const { encoder, decoder } = pair(view);
    for (let slot = 0; slot < 800; slot++) view.observedAt[slot] = START + 59_500;
    const frame = encoder.delta(view, { tick: 1, at: START + 60_000, roster: 1 });
    expect(frame.length).toBe(28 + 100 + 100);
    expect(decoder.apply(frame)).toBe('ok');
    expectTold(decoder, view, START + 60_000);
  });

  it('silence costs a bit, and ages', () => {
    const view = world(800);
    const { encoder, decoder } = pair(view);
    const frame = encoder.delta(view, second(1));
    expect(frame.length).toBe(28 + 100);
    expect(decoder.apply(frame)).toBe('ok');
    expect(decoder.observedAt[0]).toBe(START);
  });

  it('a fix from ahead of the clock counts as of now', () => {
    const view = world(1);
    const { encoder, decoder } = pair(view);
    put(view, 0, { eastM: 5, at: START + 30_000 });
    decoder.apply(encoder.delta(view, second(1)));
    expect(decoder.observedAt[0]).toBe(START + 1000);
  });

  it('grows with the roster', () => {
    const view = world(3);
    const { encoder, decoder } = pair(view);
    const wider = world(300);
    decoder.useRoster({ version: 2, slots: Array.from({ length: 300 }, (_, slot) => `team-${slot}`) });
    expect(decoder.apply(encoder.delta(wider, { ...second(1), roster: 2 }))).toBe('ok');
    expectTold(decoder, wider, START + 1000);
    expect(decoder.teamOf(299)).toBe('team-299');
  });

  it('holds no team at all', () => {
    const view = world(0);
    const { encoder, decoder } = pair(view);
    expect(decoder.apply(encoder.delta(view, second(1)))).toBe('ok');
    expect(decoder.count).toBe(0);
  });

  it('wraps the tick after 2³² − 1', () => {
    const view = world(1);
    const { encoder, decoder } = pair(view);
    expect(decoder.apply(encoder.keyframe(view, { tick: 2 ** 32 - 1, at: START, roster: 1 }))).toBe('ok');
    expect(decoder.apply(encoder.delta(view, { tick: 0, at: START, roster: 1 }))).toBe('ok');
  });
});

describe('bytes per team', () => {
  const mean = (moving: number) => {
    const roll = dice(11);
    const view = world(2000);
    const { encoder } = pair(view);
    let bytes = 0;
    for (let tick = 1; tick <= 20; tick++) {
      walk(view, START + tick * 1000, roll, moving);
      bytes += encoder.delta(view, second(tick)).length;
    }
    return bytes / 20 / view.count;
  };

  it('at most 4.3 when all move at 1 Hz by up to 30 m', () => {
    expect(mean(1)).toBeLessThanOrEqual(4.3);
  });
  it('at most 2.2 when 60 % are parked and go on reporting', () => {
    expect(mean(0.4)).toBeLessThanOrEqual(2.2);
  });
  it('at most 10.2 in a keyframe', () => {
    expect(pair(world(2000)).key.length / 2000).toBeLessThanOrEqual(10.2);
  });
});

describe('places that a grid cannot hold', () => {
  it.each([
    [0, 81],
    [0, -90],
    [181, 0],
    [NaN, 0],
    [0, NaN],
  ])('no grid around %d %d', (lng, lat) => {
    expect(() => frameGrid(lng, lat)).toThrow(RangeError);
  });

  it('are left out and counted, never told wrongly', () => {
    const places = fc.tuple(
      fc.double({ min: -180, max: 180, noNaN: true }),
      fc.double({ min: -90, max: 90, noNaN: true }),
    );
    const origins = fc.tuple(
      fc.double({ min: -180, max: 180, noNaN: true }),
      fc.double({ min: -80, max: 80, noNaN: true }),
    );
    fc.assert(
      fc.property(origins, places, fc.boolean(), (origin, place, isNear) => {
        const view = world(1);
        view.lng[0] = isNear ? origin[0] + place[0] / 100 : place[0];
        if (Math.abs(view.lng[0]) > 180) view.lng[0] -= 360 * Math.sign(view.lng[0]);
        view.lat[0] = isNear ? origin[1] + place[1] / 100 : place[1];
        const { encoder, decoder } = pair(view, frameGrid(...origin));
        expect(encoder.offGrid).toBe(decoder.present[0] ? 0 : 1);
        if (isNear && Math.abs(origin[1]) < 75) expect(decoder.present[0]).toBe(1);
        if (!decoder.present[0]) return;
        expect(Math.abs(decoder.lng[0] ?? NaN)).toBeLessThanOrEqual(180);
        const told = [decoder.lng[0] ?? 0, decoder.lat[0] ?? 0] as const;
        expect(distanceM(told, [view.lng[0] ?? 0, view.lat[0] ?? 0])).toBeLessThanOrEqual(0.25);
      }),
      { numRuns: 500 },
    );
  });

  it('include what is no number, and a team that comes back is told anew', () => {
    const view = world(2);
    const { encoder, decoder } = pair(view);
    put(view, 0, { at: START + 900 });
    view.lat[0] = NaN;
    decoder.apply(encoder.delta(view, second(1)));
    expect([encoder.offGrid, decoder.present[0], decoder.present[1]]).toEqual([1, 0, 1]);
    put(view, 0, { eastM: 3, at: START + 1900 });
    expect(decoder.apply(encoder.delta(view, second(2)))).toBe('ok');
    expect(encoder.offGrid).toBe(0);
    expectTold(decoder, view, START + 2000);
  });
});

describe('what a screen refuses', () => {
  it('a delta before any keyframe, after a lost one, and twice the same, until a keyframe', () => {
    const view = world(4);
    const { encoder, decoder } = pair(view);
    const frames = [1, 2, 3, 4].map((tick) => encoder.delta(view, second(tick)));
    const [first, , third, fourth] = frames;
    if (!first || !third || !fourth) throw new Error('four frames wanted');
    expect(decoder.apply(first)).toBe('ok');
    expect(decoder.apply(third)).toBe('gap');
    expect(decoder.apply(fourth)).toBe('gap');
    expect(decoder.tick).toBe(1);
    expect(decoder.apply(encoder.current())).toBe('ok');
    expect(decoder.tick).toBe(4);
    expect(decoder.apply(fourth)).toBe('gap');
    expect(decoder.apply(encoder.keyframe(view, second(9)))).toBe('ok');
    expect(decoder.apply(encoder.delta(view, second(10)))).toBe('ok');

    const fresh = new FrameDecoder(SCOPE);
    fresh.useRoster({ version: 1, slots: ['a', 'b', 'c', 'd'] });
    expect(fresh.apply(first)).toBe('gap');
  });

  it('a frame of another roster, and shows a moved slot to nobody', () => {
    const view = world(2);
    const { encoder, decoder } = pair(view);
    expect(new FrameDecoder(SCOPE).apply(encoder.current())).toBe('roster');
    expect(decoder.apply(encoder.delta(view, { ...second(1), roster: 2 }))).toBe('roster');
    expect(decoder.apply(encoder.delta(view, { ...second(2), roster: 1 }))).toBe('gap');
    decoder.useRoster({ version: 2, slots: ['team-0', 'other'] });
    expect([...decoder.present.subarray(0, 2)]).toEqual([1, 0]);
    expect(decoder.apply(encoder.keyframe(view, { ...second(3), roster: 2 }))).toBe('ok');
  });

  it('another scope and another protocol, without losing its own', () => {
    const view = world(2);
    const { encoder, decoder, key } = pair(view);
    expect(decoder.apply(new FrameEncoder('another', frameGrid(0, 0)).keyframe(view, second(1)))).toBe(
      'scope',
    );
    const later = key.slice();
    later[0] = 2;
    expect(decoder.apply(later)).toBe('protocol');
    expect(readFrameHeader(later)).toBeUndefined();
    expect(decoder.apply(encoder.delta(view, second(1)))).toBe('ok');
  });

  it('every cut and every surplus of a good frame', () => {
    const view = world(5);
    const { encoder, decoder, key } = pair(view);
    walk(view, second(1).at, dice(3), 0.5);
    put(view, 4, { eastM: 9000, at: START - 9000 });
    const delta = encoder.delta(view, second(1));
    for (const frame of [key, delta]) {
      for (let length = 0; length < frame.length; length++) {
        expect(decoder.apply(key)).toBe('ok');
        expect(decoder.apply(frame.subarray(0, length))).toBe('malformed');
      }
      expect(decoder.apply(key)).toBe('ok');
      expect(decoder.apply(Uint8Array.from([...frame, 0]))).toBe('malformed');
      expect(decoder.apply(delta)).toBe('gap');
    }
  });

  it('any bytes: it answers and what it shows stays a place or stays as it was', () => {
    const view = world(20);
    const { encoder, decoder, key } = pair(view);
    walk(view, second(1).at, dice(5), 0.5);
    const delta = encoder.delta(view, second(1));
    const results = ['ok', 'gap', 'roster', 'scope', 'protocol', 'malformed'];
    const flips = fc.array(fc.tuple(fc.nat({ max: 400 }), fc.nat({ max: 255 })), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(
        fc.constantFrom(key, delta),
        flips,
        fc.uint8Array({ maxLength: 60 }),
        (frame, changes, noise) => {
          expect(decoder.apply(key)).toBe('ok');
          const hurt = frame.slice();
          for (const [at, value] of changes) if (at < hurt.length) hurt[at] = value;
          const before = [...decoder.lng];
          const result = decoder.apply(hurt);
          expect(results).toContain(result);
          if (result !== 'ok') expect([...decoder.lng]).toEqual(before);
          expect(results).toContain(decoder.apply(noise));
          expect(results).toContain(decoder.apply(Uint8Array.from([...frame.subarray(0, 28), ...noise])));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('reads a frame that lies within a larger buffer', () => {
    const { decoder, key } = pair(world(3));
    const padded = new Uint8Array(key.length + 13);
    padded.set(key, 7);
    expect(decoder.apply(padded.subarray(7, 7 + key.length))).toBe('ok');
  });
});

describe('FrameEncoder', () => {
  it('refuses a delta that does not follow', () => {
    const encoder = new FrameEncoder(SCOPE, frameGrid(LNG, LAT));
    expect(() => encoder.current()).toThrow(RangeError);
    expect(() => encoder.delta(world(1), second(1))).toThrow('a keyframe first');
    encoder.keyframe(world(1), second(1));
    expect(() => encoder.delta(world(1), second(3))).toThrow('tick 2 wanted, 3 seen');
  });

  it('names scope, roster, tick and time in the header', () => {
    const encoder = new FrameEncoder(SCOPE, frameGrid(LNG, LAT));
    const header = { scope: scopeFingerprint(SCOPE), roster: 5, tick: 1, at: START + 1000, count: 3 };
    expect(readFrameHeader(encoder.keyframe(world(3), { ...second(1), roster: 5 }))).toEqual({
      ...header,
      isKeyframe: true,
      hasSeen: false,
      lagMs: 0,
    });
  });
});

describe('RosterBook', () => {
  it('gives a slot back only after the next keyframe', () => {
    const book = new RosterBook();
    expect([book.assign('a'), book.assign('b'), book.assign('a')]).toEqual([0, 1, 0]);
    expect(book.version).toBe(2);
    expect(book.release('a')).toBe(true);
    expect(book.release('a')).toBe(false);
    expect(book.slots).toEqual([null, 'b']);
    expect(book.assign('c')).toBe(2);
    book.onKeyframe();
    expect(book.assign('d')).toBe(0);
    expect(book.slots).toEqual(['d', 'b', 'c']);
    expect([book.slotOf('a'), book.slotOf('d'), book.version]).toEqual([undefined, 0, 5]);
  });

  it('with it a screen never shows one team at the place of another', () => {
    const steps = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.boolean(), fc.boolean()), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(steps, (changes) => {
        const [book, fleet, names] = [new RosterBook(), world(5), ['a', 'b', 'c', 'd', 'e']];
        names.forEach((_, row) => put(fleet, row, { eastM: row * 100, at: START }));
        const encoder = new FrameEncoder(SCOPE, frameGrid(LNG, LAT));
        const decoder = new FrameDecoder(SCOPE);
        let tick = 0;
        const frame = (isKeyframe: boolean) => {
          const rows = Int32Array.from(book.slots, (team) => (team === null ? -1 : names.indexOf(team)));
          const view = { ...fleet, rows, count: rows.length };
          decoder.useRoster(book);
          const moment = { ...second(tick++), roster: book.version };
          expect(
            decoder.apply(isKeyframe ? encoder.keyframe(view, moment) : encoder.delta(view, moment)),
          ).toBe('ok');
          if (isKeyframe) book.onKeyframe();
          expectTold(decoder, view, moment.at);
        };
        frame(true);
        for (const [team, isIn, isKeyframe] of changes) {
          if (isIn) book.assign(team);
          else book.release(team);
          frame(isKeyframe);
        }
      }),
      { numRuns: 200 },
    );
  });
});
