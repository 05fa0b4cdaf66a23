/** A condition with a memory: since when it holds, since when it does not any more, and whether that counts by now. */
export interface Streak {
  /** Ms since 1970; null: it does not hold. */
  readonly from: number | null;
  /** Since when it has not held, while that is too short to end it. */
  readonly overFrom: number | null;
  /** It has held for long enough once and has not been over for long enough since. */
  readonly isOn: boolean;
}
export const CALM: Streak = { from: null, overFrom: null, isOn: false };

export interface Patience {
  readonly afterMs: number;
  readonly clearMs: number;
}

/**
 * A streak after one more look at `at`, later than the last one. A moment in which the condition does not hold ends
 * nothing: it counts as over only after `clearMs`, so that a border, an error of the receiver or a red light makes one
 * episode and not many.
 */
export function follow(streak: Streak, holds: boolean, at: number, { afterMs, clearMs }: Patience): Streak {
  if (holds) {
    const from = streak.from ?? at;
    return { from, overFrom: null, isOn: streak.isOn || at - from >= afterMs };
  }
  if (streak.from === null) return CALM;
  const overFrom = streak.overFrom ?? at;
  return at - overFrom >= clearMs ? CALM : { ...streak, overFrom };
}

/** A streak that was on before anybody here looked. `from` in ms since 1970. */
export const running = (from: number): Streak => ({ from, overFrom: null, isOn: true });

/** What is left of a streak after nobody knew anything for a while: one that counts, or nothing. */
export const afterGap = (streak: Streak): Streak => (streak.isOn ? streak : CALM);
