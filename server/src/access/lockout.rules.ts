const MINUTE_MS = 60_000;
const WINDOW_MS = 15 * MINUTE_MS;
const LOCK_MS = 10 * MINUTE_MS;

/** Failures within the window that lock an account's name, and an address behind which many people may sit. */
export const ACCOUNT_FAILURES = 5;
export const ADDRESS_FAILURES = 30;

/** Failed sign-ins of one subject. Instants in ms since 1970. */
export interface Lockout {
  readonly failures: number;
  readonly since: number;
  readonly until: number | null;
}

/** The end of a lock that holds now, or null. */
export function lockedUntil(lockout: Lockout | undefined, now: number): number | null {
  return lockout?.until !== undefined && lockout.until !== null && lockout.until > now ? lockout.until : null;
}

/** One more failure: counted in a window from the first; the one that fills it locks. */
export function countFailure(lockout: Lockout | undefined, limit: number, now: number): Lockout {
  const isFresh = !lockout || lockout.until !== null || now - lockout.since > WINDOW_MS;
  const { failures, since } = isFresh
    ? { failures: 1, since: now }
    : { ...lockout, failures: lockout.failures + 1 };
  return { failures, since, until: failures >= limit ? now + LOCK_MS : null };
}
