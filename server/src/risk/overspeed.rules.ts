import { follow, type Patience, type Streak } from './streak.rules.js';

export interface OverspeedTerms extends Patience {
  readonly limitKmh: number;
}

/** Who is too fast is so until he is clearly below: at the limit itself nothing begins or ends. */
const SLOW_SHARE = 0.9;

/** Faster than a limit. `speedKmh` NaN: the device did not say, and nothing is concluded from places. */
export function followSpeed(
  streak: Streak,
  { at, speedKmh }: { readonly at: number; readonly speedKmh: number },
  { limitKmh, ...patience }: OverspeedTerms,
): Streak {
  if (Number.isNaN(speedKmh)) return streak;
  return follow(streak, speedKmh > (streak.isOn ? limitKmh * SLOW_SHARE : limitKmh), at, patience);
}
