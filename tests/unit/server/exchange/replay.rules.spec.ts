import { describe, expect, it } from '@jest/globals';
import { isReplayable, stepOf } from '../../../../server/src/exchange/replay.rules.js';

const HOUR = 3_600_000;

describe('the step between two fixes of an answer', () => {
  it.each([
    [HOUR, 10, 1_000],
    [HOUR, 64, 2_000],
    [24 * HOUR, 1, 1_000],
    [24 * HOUR, 1_000, 720_000],
    [1_000, 0, 1_000],
  ])('of %d ms and %d teams is %d ms', (span, teams, step) => {
    expect(stepOf(span, teams)).toBe(step);
    expect((span / stepOf(span, teams)) * teams).toBeLessThanOrEqual(120_000);
  });
});

describe('a window', () => {
  it('is at most a day, forwards', () => {
    expect(isReplayable(0, 24 * HOUR)).toBe(true);
    expect(isReplayable(0, 24 * HOUR + 1)).toBe(false);
    expect(isReplayable(1, 1)).toBe(false);
    expect(isReplayable(NaN, 1)).toBe(false);
  });
});
