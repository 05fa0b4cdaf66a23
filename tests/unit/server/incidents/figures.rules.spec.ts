import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  ageCells,
  countIn,
  DAY_MS,
  figureOf,
  HOUR_MS,
  hourSpans,
  medianMinutes,
  quantile,
  shareInTime,
  spansBefore,
} from '../../../../server/src/incidents/figures.rules.js';

const AT = Date.UTC(2026, 10, 24, 8, 25);
const ZONE = 'Asia/Shanghai';

describe('spans', () => {
  it('the last 24 hours follow each other and end now', () => {
    const spans = hourSpans(AT, ZONE);
    expect(spans).toHaveLength(24);
    expect(spans.at(-1)).toEqual({ from: AT - 25 * 60_000, to: AT });
    spans.slice(1).forEach((span, i) => expect(span.from).toBe(spans[i]?.to));
  });

  it('go back as far as the record does, 52 weeks at most', () => {
    const span = { from: AT - HOUR_MS, to: AT };
    expect(spansBefore(span, AT - 15 * DAY_MS, ZONE)).toHaveLength(2);
    expect(spansBefore(span, AT - 1000 * DAY_MS, ZONE)).toHaveLength(52);
    expect(spansBefore(span, AT - 14 * DAY_MS, ZONE)).toHaveLength(1);
    expect(spansBefore(span, null, ZONE)).toEqual([]);
  });

  it('counts what lies in them like a slow filter', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 })), fc.nat(50), fc.nat(50), (times, from, to) => {
        const sorted = times.sort((a, b) => a - b);
        expect(countIn(sorted, { from, to })).toBe(sorted.filter((at) => at >= from && at < to).length);
      }),
    );
  });
});

describe('what is usual', () => {
  it.each([
    [[1, 2, 3, 4], 0.5, 2.5],
    [[4], 0.9, 4],
    [[0, 10], 0.1, 1],
    [[], 0.5, null],
  ])('the quantile of %j at %d is %d', (values, part, expected) => {
    expect(quantile(values, part)).toBe(expected);
  });

  it('is null without history, which is not nothing', () => {
    const context = { span: { from: AT, to: AT }, list: {}, count: 3 };
    expect(figureOf(3, [], context)).toMatchObject({
      value: 3,
      usual: null,
      low: null,
      high: null,
      weeks: 0,
    });
    expect(figureOf(0, [0, 0], context)).toMatchObject({ value: 0, usual: 0, low: 0, high: 0, weeks: 2 });
  });

  it('leaves out what had no clock, and is null when nothing had', () => {
    const done = (inTime: boolean | null) => ({ at: AT, minutes: 4, inTime });
    expect(shareInTime([done(true), done(false), done(null)])).toBe(0.5);
    expect(shareInTime([done(null)])).toBeNull();
    expect(medianMinutes([])).toBeNull();
  });
});

describe('open incidents by age', () => {
  it('are each in exactly one band, on the borders too', () => {
    const minutes = [0, 1, 29, 30, 31, 120, 479, 480, 1440, 100_000];
    const open = minutes.map((age) => ({ status: 'handling' as const, occurredAt: AT - age * 60_000 }));
    const cells = ageCells(open, AT, { centre: 'c' });
    expect(cells.map(({ fromMinutes, toMinutes, count }) => [fromMinutes, toMinutes, count])).toEqual([
      [0, 30, 3],
      [30, 120, 2],
      [120, 480, 2],
      [480, 1440, 1],
      [1440, null, 2],
    ]);
    expect(cells[0]?.list).toEqual({ centre: 'c', status: 'handling', since: '2026-11-24T07:55:00.001Z' });
    expect(cells.at(-1)?.list).toEqual({
      centre: 'c',
      status: 'handling',
      until: '2026-11-23T08:25:00.001Z',
    });
  });
});
