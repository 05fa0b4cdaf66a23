import {
  CHECK_IN_HOURS,
  type CheckInDoubt,
  type CodeKind,
  distanceM,
  FUTURE_TOLERANCE_MS,
  type Id,
} from '@app/shared';
import type { CodeFound } from './check-code.js';
import type { TrackFix, VisitArea } from './stays.js';

/** So soon after a check-in we have it ourselves: its time is ours, whatever the handheld was before. */
const RECEIPT_MS = 120_000;
const LONGEST_MS = CHECK_IN_HOURS * 3_600_000;
/** Positions so far apart in time from a check-in still say something about it. */
const NEAR_MS = 600_000;
/** Beyond the radius: how far from the door the last position before a blind place may lie. */
const NEAR_M = 300;
/** Beyond the radius: nobody is there who was so far away, and farther by the way that a car makes meanwhile. */
const ELSEWHERE_M = 500;
const FASTEST_M_PER_S = 30;

export interface ClaimedTime {
  /** When the handheld says that it was, and when we heard of it; ms since 1970. */
  readonly claimedAt: number;
  readonly receivedAt: number;
  /** When this handheld last spoke to us before; null: never. */
  readonly contactAt: number | null;
}

/** Whether we heard of it as it happened. */
const isReceipt = ({ claimedAt, receivedAt }: Omit<ClaimedTime, 'contactAt'>): boolean =>
  Math.abs(receivedAt - claimedAt) <= RECEIPT_MS;

/** Whether it may be of the time that it claims at all; what is older, or yet to come, is kept and judges nothing anew. */
export const isTimely = ({ claimedAt, receivedAt }: Omit<ClaimedTime, 'contactAt'>): boolean =>
  claimedAt <= receivedAt + FUTURE_TOLERANCE_MS && claimedAt >= receivedAt - LONGEST_MS;

/** A time is believed from the handheld's last word to us up to the receipt, and never for more than half a day. */
function isBelieved(time: ClaimedTime): boolean {
  const { claimedAt, contactAt } = time;
  if (!isTimely(time)) return false;
  return isReceipt(time) || (contactAt !== null && claimedAt >= contactAt - FUTURE_TOLERANCE_MS);
}

/** What a check-in cannot be believed for when it comes in; what positions say of it is judged later. */
export function doubtOf(found: CodeFound | undefined, time: ClaimedTime): 'code' | 'time' | null {
  if (!found) return 'code';
  return found.isOfTime && isBelieved(time) ? null : 'time';
}

/** A check-in as it was kept; ms since 1970. */
export interface CheckedIn {
  readonly id: Id;
  readonly checkpoint: Id;
  readonly kind: CodeKind | null;
  readonly claimedAt: number;
  readonly receivedAt: number;
  readonly doubt: 'code' | 'time' | null;
}

/** What stored positions of the team say about a check-in: it was elsewhere, or nobody knows when it was there. */
export function placeDoubtOf(
  checkIn: CheckedIn,
  area: VisitArea,
  fixes: readonly TrackFix[],
): Extract<CheckInDoubt, 'place' | 'unproven'> | null {
  const around = fixesAround(checkIn, area, fixes);
  const reach = (apartMs: number) => ELSEWHERE_M + (apartMs / 1000) * FASTEST_M_PER_S;
  if (around.some(({ apartMs, beyondM }) => beyondM > reach(apartMs))) return 'place';
  if (checkIn.kind !== 'tag' || around.some(({ beyondM }) => beyondM <= NEAR_M)) return null;
  // Where nothing was heard of the team, our receipt shows the time, and nothing the place: that is told as a flag.
  return isReceipt(checkIn) && around.length === 0 ? null : 'unproven';
}

/** Whether nothing but a printed code, which anybody may hold a photograph of, says that the team was there. */
export function isCodeOnly(checkIn: CheckedIn, area: VisitArea, fixes: readonly TrackFix[]): boolean {
  return checkIn.kind === 'tag' && fixesAround(checkIn, area, fixes).length === 0;
}

/** Positions of about the time of a check-in. */
function fixesAround({ claimedAt }: CheckedIn, area: VisitArea, fixes: readonly TrackFix[]) {
  return fixes
    .map(({ at, lng, lat }) => ({
      apartMs: Math.abs(at - claimedAt),
      beyondM: distanceM([area.lng, area.lat], [lng, lat]) - area.radiusM,
    }))
    .filter(({ apartMs }) => apartMs <= NEAR_MS);
}
