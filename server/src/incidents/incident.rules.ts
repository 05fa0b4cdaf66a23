import {
  actionsFrom,
  type CentreId,
  ENDED_STATUSES,
  type IncidentAction,
  type IncidentId,
  type IncidentReport,
  type IncidentStatus,
  nextStatus,
} from '@app/shared';
import { accept, type Decision, refuse } from '../platform/decision.js';
import { teamActionsOf, type Told } from './assignment.rules.js';
import { clockAfter, presenceOf, stageOf, startClock } from './clock.rules.js';
import { tellTeams } from './crew.rules.js';
import {
  type Advanced,
  INCIDENT_FACTS,
  type IncidentState,
  isTeamAction,
  type StepGiven,
  type Teller,
} from './incident-step.js';
import type { AssignmentRow, IncidentRow } from './incident.table.js';
import { linesOf } from './timeline.rules.js';

export interface ReportGiven {
  readonly id: IncidentId;
  readonly report: IncidentReport;
  readonly centre: CentreId;
  readonly origin: CentreId;
  readonly grid: string | null;
  readonly occurredAt: number;
  readonly now: number;
  readonly by: Teller;
}

/** A new incident at version 1; number and audience are given by the command. */
export function report({ id, report, centre, origin, grid, occurredAt, now, by }: ReportGiven): IncidentRow {
  const clock = by.isImport
    ? { dueStage: null, dueAt: null, soonAt: null }
    : startClock('accept', report.severity, now);
  return {
    id,
    number: '',
    category: report.category,
    severity: report.severity,
    status: 'reported',
    version: 1,
    centre,
    origin,
    former: [],
    lng: report.lng,
    lat: report.lat,
    grid,
    place: report.place?.trim() || null,
    description: report.description?.trim() || null,
    source: report.source ?? 'phone',
    reporter: by.account,
    externalId: report.externalId ?? null,
    occurredAt,
    recordedAt: now,
    statusAt: occurredAt,
    acceptedAt: null,
    dispatchedAt: null,
    arrivedAt: null,
    handledAt: null,
    closedAt: null,
    ...clock,
    acceptDueAt: clock.dueAt,
    arriveDueAt: null,
    simulated: by.isSimulator,
    imported: by.isImport,
    demo: false,
    seenBy: [],
  };
}

/** Actions that an incident's state allows, whoever asks. */
export function legalActions({ incident, assignments }: IncidentState): IncidentAction[] {
  const ofTeams = new Set<IncidentAction>(assignments.flatMap(teamActionsOf));
  return actionsFrom(incident.status).filter((action) => !isTeamAction(action) || ofTeams.has(action));
}

/** Moves an incident one step along INCIDENT_FLOW, or says why it may not move. */
export function advance(state: IncidentState, step: StepGiven): Decision<Advanced> {
  const { incident } = state;
  if (step.by.isSimulator && !incident.simulated)
    return refuse('role.denied', {
      seen: 'simulator',
      wanted: 'a person: somebody has touched this incident',
    });
  if (step.action === 'reject' && !step.reason)
    return refuse('incident.reason-wanted', { action: step.action });
  const to = nextStatus(incident.status, step.action);
  if (to === undefined && !isOldTeamStep(incident.status, step)) return illegal(state, step);
  const told = tellTeams(state, step);
  if (!told.ok) return told.code === 'incident.illegal-step' ? illegal(state, step, told.detail) : told;
  return accept(conclude(state, step, told.value, to ?? incident.status));
}

/** A recording may tell a team's step before the incident was accepted, and after it was handled. */
const isOldTeamStep = (status: IncidentStatus, { action, by }: StepGiven): boolean =>
  by.isImport && isTeamAction(action) && !ENDED_STATUSES.includes(status);

function illegal(state: IncidentState, { action }: StepGiven, detail: object = {}): Decision<never> {
  return refuse('incident.illegal-step', {
    ...detail,
    from: state.incident.status,
    action,
    legal: legalActions(state),
  });
}

/** The state after the step: status, times, clock and timeline. */
function conclude(
  state: IncidentState,
  step: StepGiven,
  told: readonly Told[],
  to: IncidentStatus,
): Advanced {
  const { incident } = state;
  const assignments = merge(state.assignments, told);
  const status = statusAfter(state, step, { told, assignments, to });
  const { by, now } = step;
  const times = timesAfter(incident, assignments, { ...step, status });
  const clock = clockAfter(incident, stageOf(status, assignments), {
    severity: incident.severity,
    now,
    starts: !incident.imported && !by.isImport,
  });
  const next: IncidentRow = {
    ...incident,
    ...times,
    ...clock,
    status,
    version: incident.version + 1,
    arriveDueAt: incident.arriveDueAt ?? (clock.dueStage === 'arrive' ? clock.dueAt : null),
    simulated: incident.simulated && by.isSimulator,
  };
  return {
    next: { incident: next, assignments },
    fact: INCIDENT_FACTS[step.action],
    lines: linesOf(next, step, told, isLateFor(incident, step)),
    moved: told.filter(({ hasMoved }) => hasMoved).map(({ next }) => next.team),
  };
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
  if (by.isImport && nextStatus(incident.status, action) === undefined) return incident.status;
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
    closedAt: hasMoved && isEnded ? statusAt : incident.closedAt,
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
