import { type Id, TEAM_ACTIONS, type TeamAction } from '@app/shared';
import { accept, type Decision, refuse } from '../platform/decision.js';
import { flagged, openAssignment, REASON_UNSAID, suits, tellStep, type Told } from './assignment.rules.js';
import type { IncidentState, StepGiven } from './incident-step.js';
import type { AssignmentRow, DepartmentSent } from './incident.table.js';

/** A department as a command found it, with an id for the assignment that it may get. */
export interface DepartmentSeen extends DepartmentSent {
  readonly isOpen: boolean;
  readonly assignment: Id;
}

/** Sends one department: it is the holder's own, it is open, and it is not on the incident already. */
export function sendDepartment(
  { incident, assignments }: IncidentState,
  { assignment, isOpen, ...department }: DepartmentSeen,
  { at }: StepGiven,
): Decision<Told> {
  const { id, centre, names } = department;
  if (centre !== incident.centre)
    return refuse('department.unknown', { id, centre, wanted: incident.centre });
  if (!isOpen) return refuse('department.closed', { id, name: names.hans });
  if (assignments.some((one) => one.department?.id === id && one.endedAt === null))
    return refuse('incident.illegal-step', { department: id, wanted: 'one that is not on it yet' });
  const who = { team: null, department, callSign: names.hans, assignment };
  return accept(openAssignment(who, { incident: incident.id, step: 'dispatched', at }));
}

/** What the desk says of a department that was sent; why it declines is written down. */
export function moveDepartment(
  { assignments }: IncidentState,
  { id }: Pick<DepartmentSeen, 'id'>,
  { step, action }: { step: StepGiven; action: TeamAction },
): Decision<Told> {
  const its = assignments.filter(({ department }) => department?.id === id);
  const found = its.find(({ endedAt }) => endedAt === null) ?? its.at(-1);
  if (!found)
    return refuse('incident.illegal-step', { department: id, wanted: 'a department that was sent' });
  return tellAction(found, step, action);
}

/**
 * A step of one assignment, whoever was sent. Who declines says why; a handheld of before kept that without a word, and
 * is believed all the same, with a flag: a team that does not come must not read as one that does.
 */
export function tellAction(
  assignment: AssignmentRow,
  { at, by, reason }: StepGiven,
  action: TeamAction,
): Decision<Told> {
  if (!suits(assignment, action))
    return refuse('incident.illegal-step', { department: assignment.department?.id, action });
  const told = tellStep(assignment, TEAM_ACTIONS[action], at, by.isImport);
  if (!told.ok || action !== 'decline' || reason || by.isImport) return told;
  if (by.team === undefined) return refuse('incident.reason-wanted', { action });
  return accept(flagged(told.value, REASON_UNSAID));
}
