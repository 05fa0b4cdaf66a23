import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { poissonTail } from '../../../../server/src/risk/poisson.js';

/** P(X ≥ k) as 1 − Σ or Σ of all terms, each by its own product. */
function slowTail(k: number, mean: number): number {
  let sum = 0;
  for (let i = k; i < k + 400; i++) {
    let term = Math.exp(-mean);
    for (let j = 1; j <= i; j++) term *= mean / j;
    sum += term;
  }
  return sum;
}

describe('the tail of a Poisson variable', () => {
  it('equals the slow sum', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60 }),
        fc.double({ min: 0.001, max: 30, noNaN: true }),
        (k, mean) => {
          const slow = k === 0 ? 1 : slowTail(k, mean);
          expect(Math.abs(poissonTail(k, mean) - slow)).toBeLessThanOrEqual(1e-10 * Math.max(slow, 1e-300));
        },
      ),
      { numRuns: 400 },
    );
  });

  it.each([
    // 1 − e⁻¹ and 1 − 2e⁻¹; the third is the value of R: ppois(9, 1, lower = FALSE).
    [1, 1, 0.632_120_558_828_557_7],
    [2, 1, 0.264_241_117_657_115_4],
    [10, 1, 1.114_254_783_387_20e-7],
  ])('P(X ≥ %i) for mean %d is %d', (k, mean, expected) => {
    expect(poissonTail(k, mean) / expected).toBeCloseTo(1, 12);
  });

  it.each([
    [0, 3, 1],
    [-2, 3, 1],
    [1, 0, 0],
    [0, 0, 1],
  ])('P(X ≥ %i) for mean %d is %d at the edge', (k, mean, expected) => {
    expect(poissonTail(k, mean)).toBe(expected);
  });

  it('falls with k and rises with the mean, for large ones too', () => {
    for (const mean of [0.01, 3, 90, 5_000]) {
      const tails = [0.5, 0.9, 1, 1.1, 1.5].map((part) => poissonTail(Math.ceil(mean * part) + 1, mean));
      expect(tails).toEqual([...tails].sort((a, b) => b - a));
      expect(poissonTail(50, mean * 1.1)).toBeGreaterThanOrEqual(poissonTail(50, mean));
    }
  });

  it.each([NaN, -1])('refuses a mean of %d', (mean) => {
    expect(() => poissonTail(3, mean)).toThrow('a mean of 0 or more wanted');
  });
});
