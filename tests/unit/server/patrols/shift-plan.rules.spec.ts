import { describe, expect, it } from '@jest/globals';
import { CREWS, OVERLAP_MINUTES, PATTERN_SLOTS, SHIFT_PATTERNS, type ShiftPattern } from '@app/shared';
import fc from 'fast-check';
import { type ShiftPlan, shiftsOf } from '../../../../server/src/patrols/shift-plan.rules.js';

const ZONE = 'Asia/Shanghai';
const OVERLAP_MS = OVERLAP_MINUTES * 60_000;
const plan = (part: Partial<ShiftPlan> = {}): ShiftPlan => ({
  teams: ['team'],
  pattern: '3x8',
  from: '2026-11-25',
  days: 4,
  crews: ['A', 'B', 'C', 'D'],
  turnDays: 1,
  ...part,
});
const wall = (ms: number) => new Date(ms + 8 * 3_600_000).toISOString().slice(5, 16);

describe('a plan of shifts', () => {
  it('lets crews take turns forward, with a day off where there is a crew more than slots', () => {
    const crews = shiftsOf(plan(), ZONE).map(({ slot, crew }) => `${slot} ${crew}`);
    expect(crews).toEqual([
      'early A',
      'late B',
      'night C',
      'early D',
      'late A',
      'night B',
      'early C',
      'late D',
      'night A',
      'early B',
      'late C',
      'night D',
    ]);
  });

  it('counts a night to the day on which it begins, and ends it after the overlap', () => {
    const spans = shiftsOf(plan({ days: 1 }), ZONE).map((s) => [wall(s.startsAt), wall(s.endsAt)]);
    expect(spans).toEqual([
      ['11-25T08:00', '11-25T16:15'],
      ['11-25T16:00', '11-26T00:15'],
      ['11-26T00:00', '11-26T08:15'],
    ]);
  });

  it('crosses the end of a year and of February', () => {
    const [, night] = shiftsOf(
      plan({ pattern: '2x12', from: '2027-02-28', days: 1, crews: ['A', 'B'] }),
      ZONE,
    );
    expect(night && [wall(night.startsAt), wall(night.endsAt)]).toEqual(['02-28T20:00', '03-01T08:15']);
  });

  it('keeps to the wall clock over a change of summer time', () => {
    const [day] = shiftsOf(plan({ from: '2026-03-29', days: 1 }), 'Europe/Berlin');
    expect(day && new Date(day.startsAt).toISOString()).toBe('2026-03-29T06:00:00.000Z');
  });

  const anyPlan = fc.record({
    pattern: fc.constantFrom<ShiftPattern>(...SHIFT_PATTERNS),
    dayOfEpoch: fc.integer({ min: 20_000, max: 30_000 }),
    days: fc.integer({ min: 1, max: 14 }),
    crews: fc.integer({ min: 1, max: CREWS.length }),
    turnDays: fc.integer({ min: 1, max: 7 }),
  });
  const build = (given: {
    pattern: ShiftPattern;
    dayOfEpoch: number;
    days: number;
    crews: number;
    turnDays: number;
  }) =>
    shiftsOf(
      plan({
        ...given,
        from: new Date(given.dayOfEpoch * 86_400_000).toISOString().slice(0, 10),
        crews: CREWS.slice(0, given.crews),
      }),
      ZONE,
    );

  it('covers every minute of its days where the pattern goes round the clock, and overlaps by the handover alone', () => {
    fc.assert(
      fc.property(anyPlan, (given) => {
        const shifts = build(given);
        expect(shifts).toHaveLength(given.days * PATTERN_SLOTS[given.pattern].length);
        if (given.pattern === 'peak') return;
        shifts.slice(1).forEach((next, i) => {
          expect((shifts[i]?.endsAt ?? 0) - next.startsAt).toBe(OVERLAP_MS);
        });
      }),
    );
  });

  it('gives each crew as many shifts as the others, but for one turn', () => {
    fc.assert(
      fc.property(anyPlan, ({ turnDays, ...given }) => {
        const days = given.crews * turnDays;
        const counts = CREWS.slice(0, given.crews).map(
          (crew) => build({ ...given, turnDays, days }).filter((s) => s.crew === crew).length,
        );
        expect(new Set(counts).size).toBe(1);
      }),
    );
  });
});
