import {
  type Candidate,
  type Category,
  type CentreId,
  commandBar,
  distanceM,
  FREE_STATUSES,
  type LngLat,
  OLD_POSITION_MS,
  reachMinutes,
  type Team,
  toMs,
  type UnfreeReason,
} from '@app/shared';

/** What the rules must know of the incident that a team may go to. */
export interface Goal {
  readonly id: string;
  readonly lng: number;
  readonly lat: number;
  readonly category: Category;
}

export interface Ground {
  /** Ms since 1970. */
  readonly now: number;
  /** A centre with its ancestors. */
  readonly lineageOf: (centre: CentreId) => readonly CentreId[];
  /** The number of an incident that the caller sees. */
  readonly numberOf: (incident: string) => string | undefined;
}

/** Every team as a candidate: those that can be sent by minutes, then the others by distance. */
export function candidatesFor(goal: Goal, teams: readonly Team[], ground: Ground): Candidate[] {
  const judged = teams.map((team) => ({ team, reason: reasonOf(team, goal.category) }));
  const freeBelow = countFree(judged, ground.lineageOf);
  return judged
    .map(({ team, reason }) => {
      const others = (freeBelow.get(team.centre) ?? 0) - (reason === null ? 1 : 0);
      return candidateOf(team, { goal, reason, others, ground });
    })
    .sort(byReadiness);
}

/** Why a team cannot be sent to an incident of a category; null when it can. */
export function reasonOf(team: Team, category: Category): UnfreeReason | null {
  const { status, incidents, position } = team;
  if (status === 'rest' || status === 'out-of-service') return status;
  if (incidents.length > 0 || !FREE_STATUSES.includes(status)) return 'busy';
  return barOf(team, category) ?? (position === null ? 'no-position' : null);
}

/** Why a team is not to be sent at all, free or busy: it is not ours to order, or it does not travel. */
function barOf({ forces, withheld, mode }: Team, category: Category): UnfreeReason | null {
  const bar = commandBar({ forces, withheld }, category);
  return bar ?? (reachMinutes(mode, 0) === null ? 'cannot-go' : null);
}

function candidateOf(
  team: Team,
  given: { goal: Goal; reason: UnfreeReason | null; others: number; ground: Ground },
): Candidate {
  const { goal, reason, others, ground } = given;
  const { id, callSign, mode, tier, status, forces, centre, position } = team;
  const straightM = position && distanceM(placeOf(position), placeOf(goal));
  const isOld = position !== null && ground.now - toMs(position.observedAt) > OLD_POSITION_MS;
  return {
    team: id,
    callSign,
    mode,
    tier,
    status,
    forces,
    centre,
    distanceM: straightM === null ? null : Math.round(straightM),
    minutes: straightM === null ? null : reachMinutes(mode, straightM),
    observedAt: position?.observedAt ?? null,
    warnings: isOld ? ['position-old'] : [],
    reason,
    busyWith: team.incidents.flatMap((incident) => {
      const number = ground.numberOf(incident);
      return number === undefined ? [] : [{ id: incident, number }];
    }),
    ...(reason === 'busy' && isAllowed(team, goal) ? { override: { incidents: team.incidents } } : {}),
    leavesFree: others,
  };
}

/** Whether a busy team may be sent by override: nothing bars it, and it is not there already. */
const isAllowed = (team: Team, { category, id }: Goal): boolean =>
  barOf(team, category) === null && !team.incidents.includes(id);

/** Teams that can be sent, counted at their home and at every centre above it. */
function countFree(
  judged: readonly { team: Team; reason: UnfreeReason | null }[],
  lineageOf: Ground['lineageOf'],
): ReadonlyMap<CentreId, number> {
  const free = new Map<CentreId, number>();
  for (const { team, reason } of judged) {
    if (reason !== null) continue;
    for (const centre of lineageOf(team.centre)) free.set(centre, (free.get(centre) ?? 0) + 1);
  }
  return free;
}

function byReadiness(a: Candidate, b: Candidate): number {
  return (
    Number(a.reason !== null) - Number(b.reason !== null) ||
    (a.reason === null ? order(a.minutes, b.minutes) : 0) ||
    order(a.distanceM, b.distanceM) ||
    (a.callSign < b.callSign ? -1 : 1)
  );
}

/** Ascending, what is not known last. */
function order(a: number | null, b: number | null): number {
  if (a === b) return 0;
  return (a ?? Infinity) - (b ?? Infinity);
}

const placeOf = ({ lng, lat }: { readonly lng: number; readonly lat: number }): LngLat => [lng, lat];
