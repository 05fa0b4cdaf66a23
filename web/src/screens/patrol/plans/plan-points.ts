import { type Checkpoint, type DutyLevelNumber, LEVEL_TERMS, underTerms, type VisitPlan } from '@app/shared';

type Planned = Pick<VisitPlan, 'beats' | 'checkpoints' | 'level'>;

/** The places of a plan in the order in which the server owes them: those named, then the rest of its beats. */
export function planPoints<Point extends Pick<Checkpoint, 'id' | 'beat'>>(
  { beats, checkpoints }: Planned,
  points: readonly Point[],
): Point[] {
  const byId = new Map(points.map((point) => [point.id, point]));
  const named = checkpoints.flatMap((id) => byId.get(id) ?? []);
  const rest = points.filter(
    ({ id, beat }) => beat !== null && beats.includes(beat) && !checkpoints.includes(id),
  );
  return [...named, ...rest];
}

/** How many visits each shift owes by a plan while its level holds all along, by the usual terms of the level. */
export function planVisits(
  plan: Planned,
  points: readonly Pick<Checkpoint, 'id' | 'beat' | 'visits'>[],
): number {
  const terms = LEVEL_TERMS[plan.level === 4 ? 3 : plan.level];
  return planPoints(plan, points).reduce(
    (sum, { visits }) => sum + (visits[plan.level] ?? underTerms(visits[3], terms.visitsPct)),
    0,
  );
}

/** A list with one of its members moved up (−1) or down (1); at its end it stays. */
export function moved(list: readonly string[], id: string, by: -1 | 1): string[] {
  const from = list.indexOf(id);
  const to = from + by;
  const other = list[to];
  if (from < 0 || other === undefined) return [...list];
  return list.map((one, i) => (i === from ? other : i === to ? id : one));
}

export const PLAN_LEVELS: readonly DutyLevelNumber[] = [3, 2, 1, 4];
