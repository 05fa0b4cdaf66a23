import { describe, expect, it } from '@jest/globals';
import { type DutyLevelState, LEVEL_TERMS, toInstant } from '@app/shared';
import fc from 'fast-check';
import { staysIn } from '../../../../server/src/patrols/stays.js';
import {
  type Evidence,
  type Found,
  foundAt,
  judge,
  markOrder,
  type Owed,
} from '../../../../server/src/patrols/visit.rules.js';
import { visitWindows } from '../../../../server/src/patrols/visit-window.rules.js';

const MINUTE = 60_000;
const T = Date.parse('2026-11-20T08:00:00+08:00');
const owed: Owed[] = [0, 1, 2].map((round) => ({
  id: `w${round}`,
  plan: 'daily',
  from: T + round * 60 * MINUTE,
  to: T + (round + 1) * 60 * MINUTE,
  round,
  place: 0,
}));
const found = (minute: number, part: Partial<Found> = {}): Found => ({
  from: T + minute * MINUTE,
  to: T + (minute + 4) * MINUTE,
  isLong: true,
  refusal: null,
  forces: ['police'],
  isTogether: true,
  proof: 'dwell',
  ...part,
});
const end = T + 180 * MINUTE;
const told = (all: readonly Found[], now = end) =>
  [...judge(owed, all, now).values()].map(({ state, flags }) => [state, ...flags].join(' '));

describe('judging visits', () => {
  it.each([
    ['nobody, and the first window is over', [], T + 60 * MINUTE, ['missed', 'due', 'due']],
    ['one each', [found(5), found(65), found(125)], end, ['done', 'done', 'done']],
    [
      'two in one window make up for one missed',
      [found(65), found(90)],
      end,
      ['done late', 'done', 'missed'],
    ],
    ['a second one ahead of time is nobody’s', [found(5), found(20)], end, ['done', 'missed', 'missed']],
    ['gone too soon', [found(5, { isLong: false })], end, ['missed short', 'missed', 'missed']],
    ['without the other force', [found(5, { isTogether: false })], T, ['due alone', 'due', 'due']],
    ['not believed', [found(5, { refusal: 'still' })], T, ['refused', 'due', 'due']],
    ['not believed, then there', [found(5, { refusal: 'still' }), found(30)], T, ['done', 'due', 'due']],
  ])('%s', (_, all, now, wanted) => expect(told(all, now)).toEqual(wanted));

  it('uses each time once, however many windows it could fill', () => {
    const verdicts = [
      ...judge(
        [...owed, { id: 'kept', plan: 'daily', from: T, to: end, round: 0, place: 0 }],
        [found(65)],
        end,
      ).values(),
    ];
    expect(verdicts.filter(({ state }) => state === 'done')).toHaveLength(1);
  });

  it('marks what was made before what comes first in a fixed order', () => {
    const stops = [0, 1].map((place) => ({
      id: `p${place}`,
      plan: 'daily',
      place,
      from: T,
      to: end,
      round: 0,
    }));
    const verdicts = new Map([
      ...judge(stops.slice(0, 1), [found(60)], end),
      ...judge(stops.slice(1), [found(10)], end),
    ]);
    const marked = markOrder(stops, verdicts);
    expect([marked.get('p0')?.flags, marked.get('p1')?.flags]).toEqual([[], ['out-of-order']]);
  });

  it('does not hold the order of one plan against what another plan asks for', () => {
    const stop = { from: T, to: end, round: 0 };
    const [daily, raised] = [
      { ...stop, id: 'd0', plan: 'daily', place: 0 },
      { ...stop, id: 'r1', plan: 'raised', place: 1 },
    ];
    const verdicts = new Map([...judge([daily], [], T), ...judge([raised], [found(10)], T)]);
    expect(markOrder([daily, raised], verdicts).get('r1')?.flags).toEqual([]);
  });
});

describe('a stay at a checkpoint', () => {
  const point = { lng: 98.285, lat: 39.772, radiusM: 60, checkpoint: 'p', dwellS: 120, wanted: [] };
  /** Each second from the begin on, metres north of the checkpoint. */
  const evidence = (awayM: readonly number[], part: Partial<Evidence> = {}): Evidence => ({
    mode: 'vehicle',
    forces: ['police'],
    companions: [],
    checkIns: [],
    tracks: [
      {
        before: [],
        fixes: awayM.map((metres, i) => ({ at: T + i * 1_000, lng: 98.285, lat: 39.772 + metres / 111_195 })),
      },
    ],
    ...part,
  });
  const seen = (given: Evidence, now: number) => {
    const verdict = [...judge(owed, foundAt(point, given), now).values()][0];
    return [verdict?.state, verdict?.from === null ? 'not there' : 'there', ...(verdict?.flags ?? [])].join(
      ' ',
    );
  };
  const drive = Array.from({ length: 60 }, (_, i) => 330 - 11 * i);
  const stop = (seconds: number) => Array.from({ length: seconds }, (_, i) => 20 * Math.sin(i));
  const away = Array.from({ length: 30 }, (_, i) => 11 * i);

  it.each([
    ['of a car that only drives through is none', drive, 60, 'due not there'],
    ['of a car that only drove through is none when its window is over', drive, 3_600, 'missed not there'],
    [
      'of a car that stopped for a minute is too short',
      [...drive.slice(0, 30), ...stop(60), ...away],
      120,
      'due there short',
    ],
    ['is not too short while it goes on', [...drive.slice(0, 30), ...stop(60)], 91, 'due there'],
    [
      'that nobody saw the end of is too short once it is silent',
      [...drive.slice(0, 30), ...stop(60)],
      300,
      'due there short',
    ],
  ])('%s', (_, awayM, afterS, wanted) => {
    expect(seen(evidence(awayM), T + afterS * 1_000)).toBe(wanted);
  });

  const tag = {
    checkpoint: 'p',
    claimedAt: T + MINUTE,
    receivedAt: T + MINUTE,
    kind: 'tag' as const,
    doubt: null,
  };
  const coded = (given: Evidence) => {
    const all = foundAt({ ...point, isGpsBlind: true }, given);
    return [...judge(owed, all, T + 10 * MINUTE).values()][0];
  };
  it.each([
    ['by a printed code with no position is credited as such', { ...tag, id: 'a' }, [], 'done code-only'],
    ['by a printed code with a position near by is credited', { ...tag, id: 'a' }, [200], 'done'],
    [
      'by a printed code with a position in another street is doubted',
      { ...tag, id: 'a' },
      [900],
      'due code-doubted',
    ],
    [
      'by a display’s code with no position is credited',
      { ...tag, id: 'a', kind: 'rotating' as const },
      [],
      'done',
    ],
  ])('%s', (_, one, awayM, wanted) => {
    const verdict = coded(evidence(awayM, { checkIns: [one] }));
    expect([verdict?.state, ...(verdict?.flags ?? [])].join(' ')).toBe(wanted);
  });
});

describe('windows of a shift', () => {
  const shift = { from: T, to: T + 8 * 60 * MINUTE };
  const point = { visits: { 3: 2 }, windows: [] };
  const none = { lineage: ['c'], levels: [] };
  const hours = (spans: readonly { from: number; to: number }[]) =>
    spans.map(({ from, to }) => [(from - T) / MINUTE, (to - T) / MINUTE]);

  it('are equal parts of it, or the hours of the day within it', () => {
    expect(hours(visitWindows(point, shift, none, 'Asia/Shanghai'))).toEqual([
      [0, 240],
      [240, 480],
    ]);
    const day = {
      visits: { 3: 1 },
      windows: [
        { from: '09:00', to: '10:00' },
        { from: '15:30', to: '18:00' },
      ],
    };
    expect(hours(visitWindows(day, shift, none, 'Asia/Shanghai'))).toEqual([
      [60, 120],
      [450, 480],
    ]);
  });

  it('grow with a raised level from when it holds, and not before', () => {
    const level = {
      id: 'l',
      centre: 'c',
      level: 1 as const,
      terms: LEVEL_TERMS[1],
      state: 'active' as const,
      version: 1,
      from: toInstant(T + 300 * MINUTE),
      to: toInstant(T + 1000 * MINUTE),
    };
    const spans = visitWindows(point, shift, { lineage: ['c'], levels: [level] }, 'Asia/Shanghai');
    expect(hours(spans)).toEqual([
      [0, 240],
      [240, 320],
      [320, 400],
      [400, 480],
    ]);
  });

  /** Level 1 asks for six of 80 minutes, level 2 for four of 120, daily duty for two of 240. */
  type Held = readonly [
    level: 1 | 2 | 4,
    from: number,
    to: number,
    state: DutyLevelState,
    visitsPct?: number,
  ];
  const card = ([level, from, to, state, visitsPct = 100]: Held, index = 0) => ({
    id: `l${index}`,
    centre: 'c',
    level,
    terms: level === 4 ? { ...LEVEL_TERMS[3], visitsPct } : LEVEL_TERMS[level],
    state,
    version: 1,
    from: toInstant(T + from * MINUTE),
    to: toInstant(T + to * MINUTE),
  });
  const under = (...held: readonly Held[]) =>
    hours(visitWindows(point, shift, { lineage: ['c'], levels: held.map(card) }, 'Asia/Shanghai')).map(
      ([from, to]) => `${from}-${to}`,
    );

  it.each<[string, Held[], string[]]>([
    ['whose end is known', [[1, 300, 350, 'active']], ['0-240', '240-320', '320-400']],
    ['lifted while a window of it runs on', [[1, 300, 350, 'lifted']], ['0-240', '240-320']],
    ['ended while a window of it runs on', [[1, 300, 350, 'ended']], ['0-240', '240-320']],
    ['lifted before a window of it was over', [[1, 245, 300, 'lifted']], ['0-240', '240-480']],
    ['lifted at the end of a window of it', [[1, 245, 320, 'lifted']], ['0-240', '240-320']],
    ['set by mistake, and lifted at once', [[1, 400, 401, 'lifted']], ['0-240', '240-480']],
    ['that asks for less, with little left of a daily window', [[4, 100, 460, 'lifted', 50]], []],
    ['that asks for as much', [[4, 300, 460, 'lifted', 100]], ['0-240', '240-480']],
  ])('of a raised level %s', (_, held, wanted) => expect(under(...held)).toEqual(wanted));

  it.each<[string, Held[], string[]]>([
    [
      'the graver asks for its own time alone',
      [
        [2, 0, 1000, 'active'],
        [1, 300, 1000, 'active'],
      ],
      ['0-120', '120-240', '240-320', '320-400', '400-480'],
    ],
    [
      'what the graver put aside comes back when it is lifted',
      [
        [2, 0, 1000, 'active'],
        [1, 250, 300, 'lifted'],
      ],
      ['0-120', '120-240', '240-360', '360-480'],
    ],
    [
      'what the graver asked for until it was lifted stays in its place',
      [
        [2, 0, 1000, 'active'],
        [1, 250, 330, 'lifted'],
      ],
      ['0-120', '120-240', '240-320', '360-480'],
    ],
    [
      'one after the other',
      [
        [1, 0, 160, 'ended'],
        [2, 240, 300, 'lifted'],
      ],
      ['0-80', '80-160', '240-480'],
    ],
  ])('of two levels: %s', (_, held, wanted) => expect(under(...held)).toEqual(wanted));

  it('of a plan that has given way to another come back when the level is lifted', () => {
    const held = (state: DutyLevelState) => ({
      lineage: ['c'],
      levels: [card([1, 300, 350, state])],
      isServed: (level: number) => level !== 1,
    });
    const of = (state: DutyLevelState) => hours(visitWindows(point, shift, held(state), 'Asia/Shanghai'));
    expect(of('active')).toEqual([[0, 240]]);
    expect(of('lifted')).toEqual([
      [0, 240],
      [240, 480],
    ]);
  });

  it('never overlap, whatever levels there were', () => {
    const spanned = fc
      .tuple(fc.integer({ min: -60, max: 480 }), fc.integer({ min: 1, max: 300 }))
      .map(([from, length]) => [from, from + length] as const);
    const level = fc.record({
      number: fc.constantFrom(1 as const, 2 as const, 4 as const),
      span: spanned,
      state: fc.constantFrom('active' as const, 'lifted' as const, 'ended' as const),
      pct: fc.integer({ min: 50, max: 400 }),
    });
    fc.assert(
      fc.property(fc.array(level, { maxLength: 4 }), (all) => {
        const spans = hours(
          visitWindows(
            { visits: { 3: 3 }, windows: [] },
            shift,
            {
              lineage: ['c'],
              levels: all.map(({ number, span: [from, to], state, pct }, i) =>
                card([number, from, to, state, pct], i),
              ),
            },
            'Asia/Shanghai',
          ),
        );
        expect(spans.every(([from = 0], i) => from >= (spans[i - 1]?.[1] ?? 0))).toBe(true);
      }),
    );
  });
});

describe('stays', () => {
  const area = { lng: 98.285, lat: 39.772, radiusM: 50 };
  const fixes = (away: readonly (number | null)[]) =>
    away.flatMap((metres, i) =>
      metres === null ? [] : [{ at: T + i * 10_000, lng: 98.285, lat: 39.772 + metres / 111_195 }],
    );
  const spans = (away: readonly (number | null)[]) =>
    staysIn(fixes(away), area).map(({ from, to }) => [(from - T) / 10_000, (to - T) / 10_000]);

  it('begin inside, survive noise at the border and one wild fix, and end with a silence', () => {
    expect(spans([200, 40, 20, 60, 20, 200])).toEqual([[1, 4]]);
    expect(spans([20, 20, 900, 20, 20])).toEqual([[0, 4]]);
    expect(spans([20, 20, 900, 900, 900, 900, 900, 20])).toEqual([
      [0, 1],
      [7, 7],
    ]);
    expect(spans([20, ...Array.from({ length: 14 }, () => null), 20])).toEqual([
      [0, 0],
      [15, 15],
    ]);
  });
});
