import {
  type AccountId,
  actionsFrom,
  type CentreId,
  ENDED_STATUSES,
  FREE_STATUSES,
  type IncidentAction,
  type IncidentId,
  type IncidentReport,
  type IncidentStatus,
  nextStatus,
  TEAM_ACTIONS,
  type TeamAction,
  type TeamId,
} from '@app/shared';
import { accept, type Decision, refuse } from '../platform/decision.js';
import {
  openAssignment,
  OUT_OF_ORDER,
  TEAM_WAS_BUSY,
  type TeamSeen,
  teamActionsOf,
  tellStep,
  type Told,
} from './assignment.rules.js';
import { clockAfter, presenceOf, stageOf, startClock } from './clock.rules.js';
import type { AssignmentRow, IncidentRow, TimelineRow } from './incident.table.js';

/** The fact that each action leaves behind. */
export const INCIDENT_FACTS = {
  report: 'incident.reported',
  accept: 'incident.accepted',
  reject: 'incident.rejected',
  dispatch: 'incident.dispatched',
  acknowledge: 'incident.acknowledged',
  depart: 'incident.departed',
  arrive: 'incident.arrived',
  transport: 'incident.transporting',
  deliver: 'incident.delivered',
  clear: 'incident.cleared',
  decline: 'incident.declined',
  recall: 'incident.recalled',
  complete: 'incident.completed',
  close: 'incident.closed',
} as const satisfies Record<IncidentAction | 'report', string>;
export type IncidentFact = (typeof INCIDENT_FACTS)[IncidentAction | 'report'];

export interface IncidentState {
  readonly incident: IncidentRow;
  readonly assignments: readonly AssignmentRow[];
}

/** Who tells it, as far as the rules must know. */
export interface Teller {
  readonly account: AccountId;
  readonly isSimulator: boolean;
  /** A token that may tell the past: no clock runs, and facts that break the rules are kept with a flag. */
  readonly isImport: boolean;
}

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

/** One step as it is told. `at` is when it happened, `now` when we hear of it; both ms since 1970. */
export interface StepGiven {
  readonly action: IncidentAction;
  readonly teams: readonly TeamSeen[];
  readonly reason: string | null;
  readonly note: string | null;
  readonly derived: boolean;
  readonly externalId: string | null;
  readonly at: number;
  readonly now: number;
  readonly by: Teller;
}

/** A line of the timeline, but for its id and who told it. */
export type TimelineLine = Omit<TimelineRow, 'id' | 'byAccount' | 'byName'>;

/** What a step makes of an incident. `moved`: teams whose status follows their assignment now. */
export interface Advanced {
  readonly next: IncidentState;
  readonly fact: IncidentFact;
  readonly lines: readonly TimelineLine[];
  readonly moved: readonly TeamId[];
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

export const isTeamAction = (action: IncidentAction): action is TeamAction => action in TEAM_ACTIONS;

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

/** What the step says of each team it names; `complete` and `reject` end whatever is still open. */
function tellTeams(state: IncidentState, step: StepGiven): Decision<Told[]> {
  if (step.action === 'dispatch') return sendTeams(state, step);
  if (isTeamAction(step.action)) return moveTeams(state, step, step.action);
  if (step.action !== 'complete' && step.action !== 'reject') return accept([]);
  const open = state.assignments.filter(({ endedAt }) => endedAt === null);
  return every(open, (assignment) => tellStep(assignment, 'cleared', step.at, step.by.isImport));
}

function sendTeams({ incident, assignments }: IncidentState, step: StepGiven): Decision<Told[]> {
  const { teams, at, by } = step;
  if (teams.length === 0) return refuse('incident.team-wanted', { action: step.action });
  const openOf = (team: TeamSeen) => assignments.find((a) => a.team === team.id && a.endedAt === null);
  const busy = teams.filter((team) =>
    by.isImport ? openOf(team)?.times.dispatched !== undefined : !FREE_STATUSES.includes(team.status),
  );
  if (busy.length > 0)
    return refuse('team.unavailable', {
      teams: busy.map(({ id, callSign, status }) => ({ id, callSign, status })),
    });
  let position = assignments.length;
  return every(teams, (team) => {
    const open = openOf(team);
    if (open) return tellStep(open, 'dispatched', at, by.isImport);
    const told = openAssignment(team, { incident: incident.id, position, step: 'dispatched', at });
    position += 1;
    return accept(FREE_STATUSES.includes(team.status) ? told : flagged(told, TEAM_WAS_BUSY));
  });
}

function moveTeams(state: IncidentState, step: StepGiven, action: TeamAction): Decision<Told[]> {
  const { assignments, incident } = state;
  const { at, by } = step;
  const open = assignments.filter(({ endedAt }) => endedAt === null);
  const [only] = open;
  if (step.teams.length === 0) {
    if (!only || open.length > 1)
      return refuse('incident.team-wanted', { action, open: open.map(({ team }) => team) });
    return every([only], (assignment) => tellStep(assignment, TEAM_ACTIONS[action], at, by.isImport));
  }
  let position = assignments.length;
  return every(step.teams, (team) => {
    const its = assignments.filter((a) => a.team === team.id);
    const found = its.find(({ endedAt }) => endedAt === null) ?? its.at(-1);
    if (found) return tellStep(found, TEAM_ACTIONS[action], at, by.isImport);
    if (!by.isImport)
      return refuse('incident.illegal-step', { team: team.id, wanted: 'a team that was sent' });
    const given = { incident: incident.id, position, step: TEAM_ACTIONS[action], at };
    position += 1;
    return accept(openAssignment(team, given));
  });
}

const flagged = (told: Told, flag: string): Told => ({
  ...told,
  next: { ...told.next, flags: [...told.next.flags, flag] },
  flags: [...told.flags, flag],
});

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
    runs: !incident.imported && !by.isImport,
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

function linesOf(
  { id, version }: IncidentRow,
  step: StepGiven,
  told: readonly Told[],
  isLate: boolean,
): TimelineLine[] {
  const { action } = step;
  const isOfTeams = action === 'dispatch' || isTeamAction(action);
  const line = (fields: Partial<TimelineLine>): Omit<TimelineLine, 'position'> => ({
    incident: id,
    version,
    fact: INCIDENT_FACTS[action],
    action,
    team: null,
    callSign: null,
    occurredAt: step.at,
    recordedAt: step.now,
    reason: step.reason,
    note: step.note,
    derived: step.derived,
    flags: isLate ? [OUT_OF_ORDER] : [],
    externalId: null,
    ...fields,
  });
  const ofTeams = told.map(({ next: { team, callSign }, flags }) =>
    isOfTeams
      ? line({ team, callSign, flags })
      : line({
          team,
          callSign,
          flags,
          fact: INCIDENT_FACTS.clear,
          action: 'clear',
          derived: true,
          reason: null,
          note: null,
        }),
  );
  const lines = isOfTeams ? ofTeams : [...ofTeams, line({})];
  const named = isOfTeams ? 0 : lines.length - 1;
  return lines.map((line, position) => ({
    ...line,
    position,
    externalId: position === named ? step.externalId : null,
  }));
}

function merge(before: readonly AssignmentRow[], told: readonly Told[]): AssignmentRow[] {
  const changed = new Map(told.map(({ next }) => [next.id, next]));
  const known = before.map((assignment) => changed.get(assignment.id) ?? assignment);
  const ids = new Set(before.map(({ id }) => id));
  return [...known, ...told.map(({ next }) => next).filter(({ id }) => !ids.has(id))];
}

/** The decisions of all, or the first refusal. */
function every<A, B>(items: readonly A[], decide: (item: A) => Decision<B>): Decision<B[]> {
  const values: B[] = [];
  for (const item of items) {
    const decision = decide(item);
    if (!decision.ok) return decision;
    values.push(decision.value);
  }
  return accept(values);
}
