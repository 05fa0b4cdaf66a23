import type { Id, PositionRelease, Visit } from '@app/shared';
import type { Counted } from './visit-view.rules.js';
import type { VisitRow } from './visit.repository.js';

/** Fewer visits than this in a shift, and their sum says where the team was. */
const LEAST_VISITS = 3;

/**
 * Whether a visit is told as it is to others than its own team: a place at a time is a position. What a crew contests it
 * tells itself, to whoever decides on it.
 */
export const isTold = (grain: PositionRelease, { contest }: Pick<VisitRow, 'contest'>): boolean =>
  grain === 'precise' || contest !== null;

/** A contested visit of a team whose force does not release where it is: what was judged, without the times there. */
export const withoutTimes = (visit: Visit): Visit => ({ ...visit, from: null, to: null });

/** A shift by which sums are made; ms since 1970. */
interface SummedShift {
  readonly id: Id;
  readonly endsAt: number;
}

/**
 * Visits of whole shifts of which only the sum may be told. A shift that is still on tells when something was made, a
 * part of one tells which, and a sum of few tells where.
 */
export function summable(
  visits: readonly Counted[],
  shifts: readonly SummedShift[],
  now: number,
): readonly Counted[] {
  const over = new Set(shifts.filter(({ endsAt }) => endsAt <= now).map(({ id }) => id));
  const owed = new Map<Id, number>();
  for (const { visit } of visits) owed.set(visit.shift, (owed.get(visit.shift) ?? 0) + 1);
  return visits.filter(({ visit: { shift } }) => over.has(shift) && (owed.get(shift) ?? 0) >= LEAST_VISITS);
}
