import { describe, expect, it } from '@jest/globals';
import { standingOf } from '../../../../web/src/charts/hourly-option.js';

const figure = (value: number | null, low: number | null = 2, high: number | null = 6) => ({
  value,
  usual: 4,
  low,
  high,
  weeks: 52,
  from: '2026-11-24T00:00:00Z',
  to: '2026-11-24T01:00:00Z',
});

describe('how a figure stands', () => {
  it.each([
    [figure(7), 'above'],
    [figure(6), 'usual'],
    [figure(2), 'usual'],
    [figure(1), 'below'],
    [figure(null), 'unknown'],
    [figure(7, null, null), 'unknown'],
  ])('%j', (seen, standing) => {
    expect(standingOf(seen)).toBe(standing);
  });

  it('an hour that still runs is not low, but may be high already', () => {
    expect(standingOf(figure(0), true)).toBe('usual');
    expect(standingOf(figure(9), true)).toBe('above');
  });
});
