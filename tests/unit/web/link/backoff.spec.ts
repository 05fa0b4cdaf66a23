import { describe, expect, it } from '@jest/globals';
import { backoffMs } from '../../../../web/src/link/backoff.js';

describe('backoff', () => {
  it('tries first within 500 ms, later within 10 s, and never gives up', () => {
    expect(backoffMs(0, 0.999)).toBeLessThanOrEqual(500);
    expect(backoffMs(1, 1)).toBe(1000);
    expect(backoffMs(5, 1)).toBe(10_000);
    expect(backoffMs(100_000, 1)).toBe(10_000);
  });

  it('has full jitter: a thousand screens do not come back at once', () => {
    expect(backoffMs(6, 0)).toBe(0);
    expect(backoffMs(6, 0.5)).toBe(5000);
  });
});
