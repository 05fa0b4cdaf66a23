import {
  type AssignmentStep,
  type Handheld,
  type Id,
  type IncidentAction,
  type IncidentItem,
  type PatrolShift,
  RUNNING_SHIFT_STATES,
  TEAM_ACTIONS,
  type TeamAction,
  toMs,
  type Visit,
} from '@app/shared';
import type { QueueItem } from '../link/handheld-queue.js';

/** Whether a call for help of this account waits to be sent; one of another crew's waits for its own sign-in. */
export const isCalling = (queue: readonly QueueItem[], account: Id | undefined): boolean =>
  queue.some((item) => item.account === account && item.command.kind === 'sos' && item.refusal === null);

/** So long after its end, and after the server last said that it is on, a shift may still be on without a network. */
const OVERTIME_MS = 3_600_000;

/** What this machine was told of its shifts, and when. */
type ToldShifts = Pick<Handheld, 'shifts' | 'at'>;

/** The shift that is on, or should be by its hours, as far as this machine knows. `now` in ms since 1970. */
export const shiftOn = ({ shifts, at }: ToldShifts, now: number): PatrolShift | undefined =>
  shifts.find(
    ({ state, endsAt }) =>
      RUNNING_SHIFT_STATES.includes(state) && now < Math.max(toMs(endsAt), toMs(at)) + OVERTIME_MS,
  ) ??
  shifts.find(
    ({ state, startsAt, endsAt }) => state === 'planned' && toMs(startsAt) <= now && now < toMs(endsAt),
  );

/** The shift that is on, else the next one, else none. */
export const shiftOf = (told: ToldShifts, now: number): PatrolShift | undefined =>
  shiftOn(told, now) ??
  told.shifts.find(({ state, startsAt }) => state === 'planned' && toMs(startsAt) > now);

/** Visits that are still to be made, in the order in which they are due; what was checked in here waits to be judged. */
export function toVisit(visits: readonly Visit[], queue: readonly QueueItem[], now: number): Visit[] {
  const checked = new Set(
    queue.flatMap(({ command, refusal }) =>
      command.kind === 'check-in' && refusal === null ? [command.checkpoint] : [],
    ),
  );
  return visits
    .filter(({ state, windowTo }) => state === 'due' && toMs(windowTo) > now)
    .filter(({ checkpoint, windowFrom }) => !(checked.has(checkpoint) && toMs(windowFrom) <= now))
    .sort((a, b) => toMs(a.windowFrom) - toMs(b.windowFrom));
}

const ORDER = Object.keys(TEAM_ACTIONS) as TeamAction[];
/** What a crew does next as a rule, in one tap. */
const MAIN: readonly IncidentAction[] = ['acknowledge', 'depart', 'arrive', 'clear'];
const isTeamAction = (action: IncidentAction): action is TeamAction => action in TEAM_ACTIONS;

export interface CrewStep {
  readonly step: AssignmentStep;
  /** Not told yet: it waits in the queue. */
  readonly isWaiting: boolean;
  readonly main: IncidentAction | undefined;
  readonly others: readonly IncidentAction[];
}

/** How far a team is with an incident, with what waits in the queue; undefined where it is not on it. */
export function crewStepOf(
  { id, assignments }: IncidentItem,
  team: Id,
  queue: readonly QueueItem[],
): CrewStep | undefined {
  const own = assignments.find((assignment) => assignment.team === team && assignment.actions.length > 0);
  if (!own) return undefined;
  const waiting = queue.flatMap(({ command, refusal }) =>
    refusal === null && command.kind === 'step' && command.incident === id && isTeamAction(command.action)
      ? [command.action]
      : [],
  );
  const last = waiting.at(-1);
  const reached = Math.max(-1, ...waiting.map((action) => ORDER.indexOf(action)));
  const isOver = waiting.includes('clear') || waiting.includes('decline');
  const left = own.actions.filter(
    (action) =>
      isTeamAction(action) &&
      action !== 'recall' &&
      !isOver &&
      ORDER.indexOf(action) > reached &&
      (action !== 'decline' || reached <= ORDER.indexOf('acknowledge')),
  );
  const main = MAIN.find((action) => left.includes(action));
  return {
    step: last === undefined ? own.step : TEAM_ACTIONS[last],
    isWaiting: last !== undefined,
    main,
    others: left.filter((action) => action !== main && isOther(action, own.step, reached)),
  };
}

/** Steps between are offered when their turn has come; to decline, as long as nobody has left. */
function isOther(action: IncidentAction, step: AssignmentStep, reached: number): boolean {
  if (action === 'decline') return true;
  const isThere = step === 'arrived' || step === 'transporting' || reached >= ORDER.indexOf('arrive');
  return isThere && (action === 'transport' || action === 'deliver');
}
