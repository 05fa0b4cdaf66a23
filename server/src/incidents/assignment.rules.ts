import {
  DEPARTMENT_ACTIONS,
  type Force,
  type Headcounts,
  type AssignmentStep,
  ENDED_STEPS,
  type Id,
  type IncidentId,
  STEP_STATUS,
  type TeamAction,
  TEAM_ACTIONS,
  type TeamId,
  type TeamStatus,
} from '@app/shared';
import { accept, type Decision, refuse } from '../platform/decision.js';
import type { AssignmentRow, DepartmentSent } from './incident.table.js';

/** What else a team is on now; a number only where the caller sees that incident. */
interface DutySeen {
  readonly incident: IncidentId;
  readonly number: string | null;
}

export const OUT_OF_ORDER = 'out-of-order';
export const REASON_UNSAID = 'reason-unsaid';
export const TEAM_WAS_BUSY = 'team-was-busy';

/** A team as a command found it, with an id for the assignment that it may get. */
export interface TeamSeen {
  readonly id: TeamId;
  readonly callSign: string;
  readonly status: TeamStatus;
  readonly forces: Headcounts;
  readonly withheld?: readonly Force[];
  readonly duties?: readonly DutySeen[];
  readonly assignment: Id;
}

/** An assignment after a step was told; `hasMoved` is false where the step only filled in its own time. */
export interface Told {
  readonly next: AssignmentRow;
  readonly hasMoved: boolean;
  readonly flags: readonly string[];
  /** Why this one was sent, where that is not what the step says of all. */
  readonly reason?: string | null;
  /** The other incidents that it is on, which are told so. */
  readonly shares?: readonly IncidentId[];
}

/** How far along a step is; the three that end an assignment come last. */
const RANK = {
  dispatched: 0,
  acknowledged: 1,
  departed: 2,
  arrived: 3,
  transporting: 4,
  delivered: 5,
  cleared: 6,
  declined: 6,
  recalled: 6,
} as const satisfies Record<AssignmentStep, number>;

/** The status of a team on several incidents: where it is furthest, so that nothing overwrites its being on scene. */
export function statusOf(steps: readonly AssignmentStep[]): TeamStatus | undefined {
  const furthest = steps.toSorted((a, b) => RANK[b] - RANK[a])[0];
  return furthest && STEP_STATUS[furthest];
}

/** Who was sent, a team or a department. */
export const assigneeOf = ({ id, team, department }: AssignmentRow): Id => team ?? department?.id ?? id;

/** Where the next assignment of an incident stands: after all, also where a merge took some of them away. */
export const nextPosition = (assignments: readonly AssignmentRow[]): number =>
  Math.max(-1, ...assignments.map(({ position }) => position)) + 1;

/** Who of the open ones of an incident are teams. */
export const boundTeams = (assignments: readonly AssignmentRow[]): TeamId[] =>
  assignments.flatMap(({ team, endedAt }) => (team === null || endedAt !== null ? [] : [team]));

/** What may be said of a department is less than of a team. */
export const suits = ({ department }: Pick<AssignmentRow, 'department'>, action: TeamAction): boolean =>
  department === null || DEPARTMENT_ACTIONS.some((one) => one === action);

const isOver = (step: AssignmentStep): boolean => ENDED_STEPS.includes(step);

/** Whether a team or a department may take this action next: forward only, and nobody declines once on the way. */
function mayTake(assignment: AssignmentRow, action: TeamAction): boolean {
  const step = TEAM_ACTIONS[action];
  if (!suits(assignment, action)) return false;
  if (assignment.endedAt !== null || RANK[step] <= RANK[assignment.step]) return false;
  return step !== 'declined' || RANK[assignment.step] <= RANK.acknowledged;
}

/** Actions that a team may take next, in the order of the steps. */
export const teamActionsOf = (assignment: AssignmentRow): TeamAction[] =>
  (Object.keys(TEAM_ACTIONS) as TeamAction[]).filter((action) => mayTake(assignment, action));

/**
 * Writes a step's time as it was told. A later step moves the assignment on, also past steps never told; an earlier
 * one, told late, fills in its time and moves nothing back. Each step is told once.
 * @param at when it happened, ms since 1970
 * @param isImport a record of the past, which may also complete what has ended
 */
export function tellStep(
  assignment: AssignmentRow,
  step: AssignmentStep,
  at: number,
  isImport: boolean,
): Decision<Told> {
  const { times, endedAt } = assignment;
  const seen = { team: assigneeOf(assignment), at: assignment.step, wanted: step };
  if (times[step] !== undefined) return refuse('incident.illegal-step', { ...seen, told: true });
  const hasMoved = endedAt === null && RANK[step] > RANK[assignment.step];
  if (!hasMoved && isOver(step)) return refuse('incident.illegal-step', seen);
  if (endedAt !== null && at > endedAt && !isImport) return refuse('incident.illegal-step', seen);
  if (step === 'declined' && RANK[assignment.step] > RANK.acknowledged && !isImport)
    return refuse('incident.illegal-step', seen);

  const isLate = !hasMoved || Object.values(times).some((told) => told > at);
  const flags = isLate ? [OUT_OF_ORDER] : [];
  const next: AssignmentRow = {
    ...assignment,
    step: hasMoved ? step : assignment.step,
    times: { ...times, [step]: at },
    flags: [...new Set([...assignment.flags, ...flags])],
    endedAt: hasMoved && isOver(step) ? Math.max(at, assignment.openedAt) : endedAt,
  };
  return accept({ next, hasMoved, flags });
}

/** Marked for whoever reads of it, in the assignment and in its line. */
export const flagged = (told: Told, flag: string): Told => ({
  ...told,
  next: { ...told.next, flags: [...told.next.flags, flag] },
  flags: [...told.flags, flag],
});

/** A new assignment, not placed yet, whose first told step is `step`; anything but `dispatched` is out of order. */
export function openAssignment(
  {
    assignment,
    ...who
  }: Pick<AssignmentRow, 'team' | 'callSign'> & { assignment: Id; department?: DepartmentSent },
  { incident, step, at }: { incident: Id; step: AssignmentStep; at: number },
): Told {
  const flags = step === 'dispatched' ? [] : [OUT_OF_ORDER];
  const next: AssignmentRow = {
    id: assignment,
    incident,
    position: 0,
    team: who.team,
    department: who.department ?? null,
    callSign: who.callSign,
    step,
    times: { [step]: at },
    flags,
    movedFrom: null,
    openedAt: at,
    endedAt: isOver(step) ? at : null,
  };
  return { next, hasMoved: true, flags };
}
