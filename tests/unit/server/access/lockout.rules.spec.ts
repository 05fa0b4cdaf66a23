import { describe, expect, it } from '@jest/globals';
import {
  ACCOUNT_FAILURES,
  countFailure,
  type Lockout,
  lockedUntil,
} from '../../../../server/src/access/lockout.rules.js';

const MINUTE = 60_000;
const failTimes = (times: readonly number[]): Lockout | undefined =>
  times.reduce<Lockout | undefined>((held, at) => countFailure(held, ACCOUNT_FAILURES, at), undefined);

describe('a lockout', () => {
  it('begins with the fifth failure within 15 minutes and holds for ten', () => {
    const lockout = failTimes([0, 1, 2, 3, 14].map((minute) => minute * MINUTE));
    expect(lockedUntil(lockout, 14 * MINUTE)).toBe(24 * MINUTE);
    expect(lockedUntil(lockout, 24 * MINUTE - 1)).toBe(24 * MINUTE);
    expect(lockedUntil(lockout, 24 * MINUTE)).toBeNull();
  });

  it('does not begin with four, nor with five in a longer time', () => {
    expect(lockedUntil(failTimes([0, 1, 2, 3].map((minute) => minute * MINUTE)), 3 * MINUTE)).toBeNull();
    expect(
      lockedUntil(failTimes([0, 5, 10, 15, 16].map((minute) => minute * MINUTE)), 16 * MINUTE),
    ).toBeNull();
  });

  it('counts anew after it ended', () => {
    const lockout = failTimes([0, 0, 0, 0, 0, 11 * MINUTE]);
    expect(lockout).toEqual({ failures: 1, since: 11 * MINUTE, until: null });
  });

  it('holds nobody who never failed', () => expect(lockedUntil(undefined, 0)).toBeNull());
});
