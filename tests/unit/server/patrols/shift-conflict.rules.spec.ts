import { describe, expect, it } from '@jest/globals';
import { type Crew, isForbidden, OVERLAP_MINUTES, toInstant, toMs } from '@app/shared';
import fc from 'fast-check';
import { type Booked, conflictsOf } from '../../../../server/src/patrols/shift-conflict.rules.js';
import { shiftsOf } from '../../../../server/src/patrols/shift-plan.rules.js';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const DAY = Date.UTC(2026, 10, 24, 16);
let made = 0;
const shift = (fromHour: number, toHour: number, part: Partial<Booked> = {}): Booked => ({
  id: `s${String(++made).padStart(6, '0')}`,
  team: 'team',
  slot: 'day',
  crew: 'A',
  crewOf: 'team',
  startsAt: DAY + fromHour * HOUR,
  endsAt: DAY + toHour * HOUR,
  ...part,
});
const kinds = (shifts: Booked[]) => conflictsOf(shifts).map(({ kind }) => kind);

describe('what would not hold in a plan', () => {
  it('is nothing where crews follow one another with the overlap, also across midnight', () => {
    expect(kinds([shift(8, 20.25), shift(20, 32.25, { crew: 'B', slot: 'long-night' })])).toEqual([]);
  });

  it.each<[string, Booked[], string[]]>([
    ['two crews in one team', [shift(8, 16), shift(12, 20, { crew: 'B' })], ['double-team']],
    ['one crew in two teams', [shift(8, 16), shift(12, 20, { team: 'other' })], ['double-crew']],
    ['a crew whose next shift begins at once', [shift(8, 16), shift(16, 24)], ['short-rest']],
    ['a night that nobody has', [shift(8, 20), shift(32, 44, { crew: 'B' })], ['gap']],
    [
      'the same letter in another team’s crews',
      [shift(8, 16), shift(12, 20, { team: 'o', crewOf: 'o' })],
      [],
    ],
    [
      'evenings of a peak shift',
      [shift(18, 26, { slot: 'peak' }), shift(42, 50, { slot: 'peak', crew: 'B' })],
      [],
    ],
    [
      'a crew lent to another team while its own has it',
      [shift(8, 16), shift(9, 17, { team: 'o' })],
      ['double-crew'],
    ],
  ])('%s', (_, shifts, expected) => {
    expect(kinds(shifts)).toEqual(expected);
  });

  it('says where a gap lies and between which shifts', () => {
    const [before, after] = [shift(8, 20), shift(32, 44, { crew: 'B' })];
    expect(conflictsOf([after, before])).toEqual([
      {
        kind: 'gap',
        team: 'team',
        from: new Date(before.endsAt).toISOString(),
        to: new Date(after.startsAt).toISOString(),
        shifts: [before.id, after.id],
      },
    ]);
  });

  it('tells the hours in which a centre has too few teams, joined to spans', () => {
    const shifts = [shift(8, 16), shift(10, 12, { team: 'b', crewOf: 'b' })];
    const few = conflictsOf(shifts, { from: DAY + 8 * HOUR, to: DAY + 18 * HOUR, teams: 2 });
    expect(few.map(({ from, to }) => [(toMs(from) - DAY) / HOUR, (toMs(to) - DAY) / HOUR])).toEqual([
      [8, 10],
      [12, 18],
    ]);
  });
});

const booked = fc
  .record({
    team: fc.constantFrom('t1', 't2', 't3'),
    crewOf: fc.constantFrom('t1', 't2'),
    crew: fc.constantFrom<Crew>('A', 'B'),
    start: fc.integer({ min: 0, max: 48 * 4 }),
    length: fc.integer({ min: 1, max: 12 * 4 }),
  })
  .map(({ start, length, ...part }) => shift(start / 4, (start + length) / 4, part));
const plans = fc.array(booked, { maxLength: 9 });

describe('conflicts of any plan', () => {
  it('find a double booking exactly where two shifts share more than the handover', () => {
    const overlap = OVERLAP_MINUTES * MINUTE;
    fc.assert(
      fc.property(plans, (shifts) => {
        const doubles = (keyOf: (s: Booked) => string) =>
          shifts.flatMap((a, i) =>
            shifts.slice(i + 1).flatMap((b) => {
              const shared = Math.min(a.endsAt, b.endsAt) - Math.max(a.startsAt, b.startsAt);
              // A shift within another shares its whole length, however short it is.
              const first = a.startsAt <= b.startsAt ? a : b;
              const second = first === a ? b : a;
              const isDouble = shared > 0 && first.endsAt - second.startsAt > overlap;
              return keyOf(a) === keyOf(b) && isDouble ? [[a.id, b.id].sort().join()] : [];
            }),
          );
        const told = (kind: string) =>
          conflictsOf(shifts)
            .filter((c) => c.kind === kind)
            .map((c) => [...c.shifts].sort().join())
            .sort();
        expect(told('double-team')).toEqual(doubles(({ team }) => team).sort());
        expect(told('double-crew')).toEqual(doubles((s) => `${s.crewOf}${s.crew}`).sort());
      }),
    );
  });

  it('count teams as somebody would who looks every quarter of an hour', () => {
    fc.assert(
      fc.property(plans, fc.integer({ min: 1, max: 3 }), (shifts, teams) => {
        const wanted = { from: DAY, to: DAY + 60 * HOUR, teams };
        const few = conflictsOf(shifts, wanted).filter(({ kind }) => kind === 'few-teams');
        for (let at = wanted.from; at < wanted.to; at += 15 * MINUTE) {
          const there = new Set(shifts.filter((s) => s.startsAt <= at && at < s.endsAt).map((s) => s.team));
          const isFew = few.some(({ from, to }) => toMs(from) <= at && at < toMs(to));
          expect(isFew).toBe(there.size < teams);
        }
      }),
    );
  });

  it('count a team by when it was there: one that was ended before its time is missing', () => {
    const [from, to, ended] = [DAY + 8 * HOUR, DAY + 16 * HOUR, DAY + 11 * HOUR];
    const early = shift(8, 16, { there: { from, to: ended } });
    expect(conflictsOf([early], { from, to, teams: 1 })).toMatchObject([
      { kind: 'few-teams', from: toInstant(ended), to: toInstant(to) },
    ]);
  });

  it('want of each time what its level asks for', () => {
    const [first, last] = [shift(0, 24), shift(0, 24, { team: 'other', crew: 'B' })];
    const [from, noon, to] = [DAY, DAY + 12 * HOUR, DAY + 24 * HOUR];
    const wanted = [
      { from, to: noon, teams: 2 },
      { from: noon, to, teams: 3 },
    ];
    expect(conflictsOf([first, last], ...wanted)).toMatchObject([
      { kind: 'few-teams', from: toInstant(noon), to: toInstant(to) },
    ]);
  });

  it('forbid nothing in a plan whose crews are as many as its slots', () => {
    const plan = { teams: ['t1', 't2'], from: '2026-12-30', days: 7, turnDays: 2 } as const;
    const shifts = shiftsOf({ ...plan, pattern: '3x8', crews: ['A', 'B', 'C'] }, 'Asia/Shanghai');
    const all = shifts.map((s, i) => ({ ...s, id: String(i).padStart(3, '0'), crewOf: s.team }));
    expect(conflictsOf(all).filter(isForbidden)).toEqual([]);
  });
});
