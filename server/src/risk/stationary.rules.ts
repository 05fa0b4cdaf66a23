import { distanceM } from '@app/shared';
import { CALM, follow, type Patience, type Streak } from './streak.rules.js';

/** A team that stands, and the place around which it does. */
export interface Standing {
  readonly anchor: { readonly lng: number; readonly lat: number } | null;
  readonly streak: Streak;
}
export const MOVING: Standing = { anchor: null, streak: CALM };

export interface StationaryTerms extends Patience {
  readonly radiusM: number;
  /** Whether the fix is where the team may stand: at a checkpoint, at its post. */
  readonly isAllowed: boolean;
}

/**
 * Standing within a radius of one place for long. The place is where it began; who leaves it for longer than
 * `clearMs` stands anew wherever he is then, so that neither a receiver's outlier nor a drifting one ends or hides it.
 */
export function followStanding(
  { anchor, streak }: Standing,
  fix: { readonly at: number; readonly lng: number; readonly lat: number },
  { radiusM, isAllowed, ...patience }: StationaryTerms,
): Standing {
  const here = { lng: fix.lng, lat: fix.lat };
  const standingAt = (place: typeof here, before: Streak): Standing => {
    const next = follow(before, !isAllowed, fix.at, patience);
    return next.from === null ? MOVING : { anchor: place, streak: next };
  };
  if (anchor === null) return standingAt(here, streak);
  const isHere = distanceM([anchor.lng, anchor.lat], [fix.lng, fix.lat]) <= radiusM && !isAllowed;
  const next = follow(streak, isHere, fix.at, patience);
  if (next.from !== null) return { anchor, streak: next };
  return standingAt(here, CALM);
}
