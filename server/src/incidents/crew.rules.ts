import { type Category, commandBar, FREE_STATUSES, TEAM_ACTIONS, type TeamAction } from '@app/shared';
import { accept, type Decision, refuse } from '../platform/decision.js';
import {
  assigneeOf,
  nextPosition,
  openAssignment,
  TEAM_WAS_BUSY,
  type TeamSeen,
  tellStep,
  type Told,
} from './assignment.rules.js';
import { moveDepartment, sendDepartment, tellAction } from './department.rules.js';
import { type IncidentState, isTeamAction, type StepGiven } from './incident-step.js';

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

function sendTeams({ incident, assignments }: IncidentState, step: StepGiven): Decision<Told[]> {
  const { teams, at, by } = step;
  const openOf = (team: TeamSeen) => assignments.find((a) => a.team === team.id && a.endedAt === null);
  const busy = teams.filter((team) =>
    by.isImport ? openOf(team)?.times.dispatched !== undefined : !FREE_STATUSES.includes(team.status),
  );
  if (busy.length > 0)
    return refuse('team.unavailable', {
      teams: busy.map(({ id, callSign, status }) => ({ id, callSign, status })),
    });
  const barred = by.isImport ? [] : teams.flatMap((team) => barOf(team, incident.category));
  if (barred.length > 0) return refuse('team.other-command', { teams: barred });
  return every(teams, (team) => {
    const open = openOf(team);
    if (open) return tellStep(open, 'dispatched', at, by.isImport);
    const given = { incident: incident.id, step: 'dispatched', at } as const;
    const told = openAssignment({ ...team, team: team.id }, given);
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
      return refuse('incident.team-wanted', { action, open: open.map(assigneeOf) });
    return every([only], (assignment) => tellAction(assignment, step, action));
  }
  return every(step.teams, (team) => {
    const its = assignments.filter((a) => a.team === team.id);
    const found = its.find(({ endedAt }) => endedAt === null) ?? its.at(-1);
    if (found) return tellStep(found, TEAM_ACTIONS[action], at, by.isImport);
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

const flagged = (told: Told, flag: string): Told => ({
  ...told,
  next: { ...told.next, flags: [...told.next.flags, flag] },
  flags: [...told.flags, flag],
});

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
