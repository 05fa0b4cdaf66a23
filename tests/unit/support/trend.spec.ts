import { describe, expect, it } from '@jest/globals';
import { randomFrom } from '../../../server/src/demo/simulator/random.js';
import { trendOf } from '../../support/trend.js';

const minutes = Array.from({ length: 60 }, (_, i) => i / 6);

describe('the trend of samples', () => {
  it('is the slope of a line, and certain', () => {
    const { slope, least } = trendOf(minutes.map((at) => [at, 3 + 2 * at]));
    expect(slope).toBeCloseTo(2);
    expect(least).toBeCloseTo(2);
  });

  it('sees growth through noise, and none in noise alone', () => {
    const random = randomFrom(7);
    const noisy = (growth: number) => trendOf(minutes.map((at) => [at, 50 + growth * at + random.normal()]));
    expect(noisy(1).least).toBeGreaterThan(0.7);
    expect(noisy(0).least).toBeLessThan(0);
  });

  it('is not moved by some wild samples, nor by a saw that comes back', () => {
    const wild = trendOf(minutes.map((at, i) => [at, i % 10 === 3 ? 500 : 50]));
    expect(wild.slope).toBe(0);
    const saw = trendOf(minutes.map((at, i) => [at, 50 + (i % 6)]));
    expect(saw.least).toBeLessThanOrEqual(0);
  });

  it('wants four samples', () => {
    expect(() => trendOf([[0, 1]])).toThrow('at least 4 samples wanted, 1 seen');
  });
});
