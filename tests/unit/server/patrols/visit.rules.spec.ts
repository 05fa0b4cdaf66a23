import { describe, expect, it } from '@jest/globals';
import { LEVEL_TERMS, toInstant } from '@app/shared';
import { staysIn } from '../../../../server/src/patrols/stays.js';
import { type Found, judge, markOrder, type Owed } from '../../../../server/src/patrols/visit.rules.js';
import { visitWindows } from '../../../../server/src/patrols/visit-window.rules.js';

const MINUTE = 60_000;
const T = Date.parse('2026-11-20T08:00:00+08:00');
const owed: Owed[] = [0, 1, 2].map((round) => ({
  id: `w${round}`,
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
      ...judge([...owed, { id: 'kept', from: T, to: end, round: 0, place: 0 }], [found(65)], end).values(),
    ];
    expect(verdicts.filter(({ state }) => state === 'done')).toHaveLength(1);
  });

  it('marks what was made before what comes first in a fixed order', () => {
    const stops = [0, 1].map((place) => ({ id: `p${place}`, place, from: T, to: end, round: 0 }));
    const verdicts = new Map([
      ...judge(stops.slice(0, 1), [found(60)], end),
      ...judge(stops.slice(1), [found(10)], end),
    ]);
    const marked = markOrder(stops, verdicts);
    expect([marked.get('p0')?.flags, marked.get('p1')?.flags]).toEqual([[], ['out-of-order']]);
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
