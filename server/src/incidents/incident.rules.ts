import {
  actionsFrom,
  ENDED_STATUSES,
  flowRow,
  type IncidentAction,
  type IncidentStatus,
  nextStatus,
} from '@app/shared';
import { accept, type Decision, refuse } from '../platform/decision.js';
import { assigneeOf, boundTeams, teamActionsOf, type Told } from './assignment.rules.js';
import { NO_CLOCK, presenceOf, type RunningClock, stageOf, startClock } from './clock.rules.js';
import { type Course, guestsOf } from './course.js';
import { fitsCourse, isBarred, settleCourse, turnOf } from './course.rules.js';
import { tellTeams } from './crew.rules.js';
import { lackingEvidence } from './evidence-wanted.rules.js';
import {
  type Advanced,
  INCIDENT_FACTS,
  type IncidentState,
  isTeamAction,
  type StepGiven,
  type TeamShare,
} from './incident-step.js';
import type { AssignmentRow, IncidentRow } from './incident.table.js';
import { partiesOf } from './party.rules.js';
import { linesOf } from './timeline.rules.js';
import type { Turn } from './turn.js';

/** Actions that an incident's state allows at an instant, whoever asks. */
export function legalActions(state: IncidentState, now: number): IncidentAction[] {
  const ofTeams = new Set<IncidentAction>(state.assignments.flatMap(teamActionsOf));
  return actionsFrom(state.incident.status)
    .filter((action) => !isTeamAction(action) || ofTeams.has(action))
    .filter((action) => fitsCourse(state, action, now));
}

/** Moves an incident one step along INCIDENT_FLOW, or says why it may not move. */
export function advance(state: IncidentState, step: StepGiven): Decision<Advanced> {
  const { incident } = state;
  if (step.by.isSimulator && !incident.simulated)
    return refuse('role.denied', {
      seen: 'simulator',
      wanted: 'a person: somebody has touched this incident',
    });
  const row = flowRow(incident.status, step.action);
  if (!row && !isOldTeamStep(incident.status, step)) return illegal(state, step);
  if (row?.needs.includes('reason') && !step.reason && !isTeamAction(step.action))
    return refuse('incident.reason-wanted', { action: step.action });
  if (row && !step.by.isImport && isBarred(incident.course, row))
    return refuse('incident.returned', { ...incident.course.returned, action: step.action });
  const turn = turnOf(state, step);
  if (!turn.ok) return turn.code === 'incident.illegal-step' ? illegal(state, step, turn.detail) : turn;
  if (!step.by.isImport && !fitsCourse(state, step.action, step.now)) return illegal(state, step);
  const lacking = lackingEvidence(state, step);
  if (lacking) return refuse('incident.evidence-wanted', lacking);
  const told = tellTeams(state, step);
  if (!told.ok) return told.code === 'incident.illegal-step' ? illegal(state, step, told.detail) : told;
  return accept(conclude(state, step, told.value, turn.value));
}

/** A recording may tell a team's step before the incident was accepted, and after it was handled. */
const isOldTeamStep = (status: IncidentStatus, { action, by }: StepGiven): boolean =>
  by.isImport && isTeamAction(action) && !ENDED_STATUSES.includes(status);

function illegal(state: IncidentState, { action, now }: StepGiven, detail: object = {}): Decision<never> {
  return refuse('incident.illegal-step', {
    ...detail,
    from: state.incident.status,
    action,
    legal: legalActions(state, now),
  });
}

/** The state after the step: status, times, clock, course and timeline. */
function conclude(state: IncidentState, step: StepGiven, told: readonly Told[], turn: Turn): Advanced {
  const { incident } = state;
  const assignments = merge(state.assignments, told);
  const to = turn.status ?? nextStatus(incident.status, step.action) ?? incident.status;
  const status = statusAfter(state, step, { told, assignments, to });
  const { by } = step;
  const after = { ...incident, ...turn.row };
  const clock = clockAfter(state, step, { after, status, assignments, turn });
  const course = settleCourse(returnedBy(turn.course, step, { status, told }), status, incident.status);
  const next: IncidentRow = {
    ...after,
    ...timesAfter(incident, assignments, { ...step, status }),
    ...clock,
    status,
    course,
    guests: guestsOf(course),
    version: incident.version + 1,
    arriveDueAt: after.arriveDueAt ?? (clock.dueStage === 'arrive' ? clock.dueAt : null),
    simulated: incident.simulated && by.isSimulator,
  };
  const about = turn.about ?? null;
  // Whoever is bound belongs to the parties of the incident: when these change, so do the teams.
  const changesParties = partiesOf(next).join() !== partiesOf(incident).join();
  const bound = changesParties ? boundTeams(assignments) : [];
  const moved = told.flatMap(({ hasMoved, next }) => (hasMoved && next.team !== null ? [next.team] : []));
  return {
    next: { incident: next, assignments },
    fact: INCIDENT_FACTS[step.action],
    lines: linesOf(next, step, told, { isLate: isLateFor(incident, step), about }),
    moved: [...new Set([...moved, ...bound])],
    shares: told.flatMap(sharesOf),
  };
}

const sharesOf = ({ next: { team, callSign }, reason = null, shares = [] }: Told): TeamShare[] =>
  team === null ? [] : shares.map((incident) => ({ incident, team, callSign, reason }));

/** The clock after a step: the same one within a stage, a new one in a new stage, none where none may start. */
function clockAfter(
  { incident, assignments: before }: IncidentState,
  { book, now, by }: StepGiven,
  {
    after,
    status,
    assignments,
    turn,
  }: {
    after: IncidentRow;
    status: IncidentStatus;
    assignments: readonly AssignmentRow[];
    turn: Turn;
  },
): RunningClock {
  const { dueStage, dueAt, soonAt } = incident;
  if (turn.clock !== undefined && turn.clock !== 'anew') return turn.clock;
  const stage = stageOf(status, assignments.slice(turn.course.round));
  const isEntered =
    turn.clock === 'anew' || stage !== stageOf(incident.status, before.slice(incident.course.round));
  if (!isEntered) return { dueStage, dueAt, soonAt };
  const starts = stage !== null && !incident.imported && !by.isImport;
  return starts ? startClock(book, stage, after, now) : NO_CLOCK;
}

/** A team or a department that declines and leaves nobody returns the incident; sending another is what decides on that. */
function returnedBy(
  course: Course,
  { action, now }: StepGiven,
  { status, told }: { status: IncidentStatus; told: readonly Told[] },
): Course {
  const [first] = told;
  if (action === 'decline' && status === 'accepted' && first)
    return {
      ...course,
      returned: {
        what: first.next.team === null ? 'department' : 'team',
        by: assigneeOf(first.next),
        at: now,
      },
    };
  const { returned } = course;
  const isDecided = action === 'dispatch' && returned !== null && returned.what !== 'offer';
  return isDecided ? { ...course, returned: null } : course;
}

/** A step that only fills in the past leaves the status; a team less does so too while another is on the way. */
function statusAfter(
  { incident }: IncidentState,
  { action, by }: StepGiven,
  {
    told,
    assignments,
    to,
  }: { told: readonly Told[]; assignments: readonly AssignmentRow[]; to: IncidentStatus },
): IncidentStatus {
  if (by.isImport && !flowRow(incident.status, action)) return incident.status;
  if (isTeamAction(action) && told.every(({ hasMoved }) => !hasMoved)) return incident.status;
  const isOneLess = action === 'recall' || action === 'decline';
  return isOneLess && assignments.some(({ endedAt }) => endedAt === null) ? incident.status : to;
}

/** Times of the stages, each no earlier than the stage before: what was told stays in assignments and timeline. */
function timesAfter(
  incident: IncidentRow,
  assignments: readonly AssignmentRow[],
  { action, at, status }: StepGiven & { status: IncidentStatus },
): Partial<IncidentRow> {
  const acceptedAt = incident.acceptedAt ?? (action === 'accept' ? Math.max(at, incident.occurredAt) : null);
  const notBefore = acceptedAt ?? incident.occurredAt;
  const dispatchedAt = incident.dispatchedAt ?? (action === 'dispatch' ? Math.max(at, notBefore) : null);
  const present = assignments.map(presenceOf).filter((there) => there !== undefined);
  const arrivedAt = present.length > 0 ? Math.max(Math.min(...present), dispatchedAt ?? notBefore) : null;
  const hasMoved = status !== incident.status;
  const statusAt = hasMoved ? Math.max(at, incident.statusAt) : incident.statusAt;
  const isEnded = ENDED_STATUSES.includes(status);
  return {
    acceptedAt,
    dispatchedAt,
    arrivedAt,
    handledAt: hasMoved && status === 'handled' ? statusAt : incident.handledAt,
    closedAt: !hasMoved ? incident.closedAt : isEnded ? statusAt : null,
    statusAt,
  };
}

const isLateFor = (incident: IncidentRow, { action, at }: StepGiven): boolean =>
  !isTeamAction(action) && at < incident.statusAt;

function merge(before: readonly AssignmentRow[], told: readonly Told[]): AssignmentRow[] {
  const changed = new Map(told.map(({ next }) => [next.id, next]));
  const known = before.map((assignment) => changed.get(assignment.id) ?? assignment);
  const ids = new Set(before.map(({ id }) => id));
  return [...known, ...told.map(({ next }) => next).filter(({ id }) => !ids.has(id))];
}
