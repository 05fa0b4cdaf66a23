import {
  type Category,
  commandBar,
  FREE_STATUSES,
  RESTING_STATUSES,
  TEAM_ACTIONS,
  type TeamAction,
} from '@app/shared';
import { accept, type Decision, refuse } from '../platform/decision.js';
import {
  assigneeOf,
  flagged,
  nextPosition,
  openAssignment,
  TEAM_WAS_BUSY,
  type TeamSeen,
  tellStep,
  type Told,
} from './assignment.rules.js';
import { moveDepartment, sendDepartment, tellAction } from './department.rules.js';
import { type IncidentState, isTeamAction, type StepGiven } from './incident-step.js';
import type { AssignmentRow } from './incident.table.js';

/** What the step says of each team and department it names; `complete` and `reject` end whatever is still open. */
export function tellTeams(state: IncidentState, step: StepGiven): Decision<Told[]> {
  const told = toldBy(state, step);
  return told.ok ? accept(placed(state, told.value)) : told;
}

/** New assignments after all there are, in the order in which they were named. */
function placed({ assignments }: IncidentState, told: readonly Told[]): Told[] {
  const known = new Set(assignments.map(({ id }) => id));
  let position = nextPosition(assignments);
  return told.map((one) =>
    known.has(one.next.id) ? one : { ...one, next: { ...one.next, position: position++ } },
  );
}

function toldBy(state: IncidentState, step: StepGiven): Decision<Told[]> {
  if (step.action === 'dispatch') return sendAll(state, step);
  if (isTeamAction(step.action)) return moveAll(state, step, step.action);
  if (step.action !== 'complete' && step.action !== 'reject') return accept([]);
  const open = state.assignments.filter(({ endedAt }) => endedAt === null);
  return every(open, (assignment) => tellStep(assignment, 'cleared', step.at, step.by.isImport));
}

/** Teams first, then departments; either may be none, not both. */
function sendAll(state: IncidentState, step: StepGiven): Decision<Told[]> {
  const { teams, departments } = step;
  if (teams.length + departments.length === 0) return refuse('incident.team-wanted', { action: step.action });
  const sent = sendTeams(state, step);
  if (!sent.ok) return sent;
  const others = every(departments, (one) => sendDepartment(state, one, step));
  return others.ok ? accept([...sent.value, ...others.value]) : others;
}

function moveAll(state: IncidentState, step: StepGiven, action: TeamAction): Decision<Told[]> {
  const { teams, departments } = step;
  if (departments.length === 0) return moveTeams(state, step, action);
  const moved = teams.length === 0 ? accept([]) : moveTeams(state, step, action);
  if (!moved.ok) return moved;
  const others = every(departments, (one) => moveDepartment(state, one, { step, action }));
  return others.ok ? accept([...moved.value, ...others.value]) : others;
}

function sendTeams(state: IncidentState, step: StepGiven): Decision<Told[]> {
  const { teams, at, by } = step;
  const { incident } = state;
  const openOf = (team: TeamSeen) => openHere(state, team);
  const unsent = teams.filter((team) => !maySend(state, team, step));
  if (unsent.length > 0)
    return refuse('team.unavailable', {
      teams: unsent.map((team) => unsentOf(state, team)),
      wanted: 'other teams; a busy one only by an override that names its incidents and has a reason',
    });
  const barred = by.isImport ? [] : teams.flatMap((team) => barOf(team, incident.category));
  if (barred.length > 0) return refuse('team.other-command', { teams: barred });
  return every(teams, (team) => {
    const open = openOf(team);
    if (open) return tellStep(open, 'dispatched', at, by.isImport);
    const given = { incident: incident.id, step: 'dispatched', at } as const;
    const told = openAssignment({ ...team, team: team.id }, given);
    return accept(FREE_STATUSES.includes(team.status) ? told : doubled(told, team, step));
  });
}

const openHere = ({ assignments }: IncidentState, { id }: TeamSeen): AssignmentRow | undefined =>
  assignments.find(({ team, endedAt }) => team === id && endedAt === null);

/** A free team; a busy one where a person says why, knowing all that it is on. A recording tells what was done. */
function maySend(state: IncidentState, team: TeamSeen, { by, override }: StepGiven): boolean {
  const open = openHere(state, team);
  if (by.isImport) return open?.times.dispatched === undefined;
  if (FREE_STATUSES.includes(team.status)) return true;
  const named = by.isSimulator ? undefined : override?.teams.find(({ id }) => id === team.id);
  const isKnown = team.duties?.every(({ incident }) => named?.incidents.includes(incident)) ?? true;
  return named !== undefined && mayDouble(state, team) && isKnown;
}

/** Nobody sends who rests or is out of service, nor twice to the same incident. */
const mayDouble = (state: IncidentState, team: TeamSeen): boolean =>
  !openHere(state, team) && !RESTING_STATUSES.includes(team.status);

/** Which team it is, what it is on as far as the caller may see, and what an override would have to name. */
function unsentOf(state: IncidentState, team: TeamSeen): object {
  const { id, callSign, status, duties = [] } = team;
  const incidents = duties.flatMap(({ incident, number }) =>
    number === null ? [] : [{ id: incident, number }],
  );
  const override = mayDouble(state, team) ? { incidents: duties.map(({ incident }) => incident) } : null;
  return { id, callSign, status, incidents, override };
}

function doubled(told: Told, { duties = [] }: TeamSeen, { override }: StepGiven): Told {
  const marked = flagged(told, TEAM_WAS_BUSY);
  if (override === null) return marked;
  return { ...marked, reason: override.reason, shares: duties.map(({ incident }) => incident) };
}

function moveTeams(state: IncidentState, step: StepGiven, action: TeamAction): Decision<Told[]> {
  const { assignments, incident } = state;
  const { at, by } = step;
  const open = assignments.filter(({ endedAt }) => endedAt === null);
  const [only] = open;
  if (step.teams.length === 0) {
    if (!only || open.length > 1)
      return refuse('incident.team-wanted', { action, open: open.map(assigneeOf) });
    return every([only], (assignment) => tellAction(assignment, step, action));
  }
  return every(step.teams, (team) => {
    const its = assignments.filter((a) => a.team === team.id);
    const found = its.find(({ endedAt }) => endedAt === null) ?? its.at(-1);
    if (found) return tellAction(found, step, action);
    if (!by.isImport)
      return refuse('incident.illegal-step', { team: team.id, wanted: 'a team that was sent' });
    const given = { incident: incident.id, step: TEAM_ACTIONS[action], at };
    return accept(openAssignment({ ...team, team: team.id }, given));
  });
}

/** Who commands a team that is not ours to order; a recording tells what was ordered, whoever did. */
function barOf({ id, callSign, ...team }: TeamSeen, category: Category): object[] {
  const reason = commandBar(team, category);
  return reason === null ? [] : [{ id, callSign, reason }];
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
