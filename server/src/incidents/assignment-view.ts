import {
  type Assignment,
  type AssignmentStep,
  type CentreId,
  type Id,
  type Incident,
  type IncidentAction,
  type IncidentCard,
  type TeamId,
  toInstant,
} from '@app/shared';
import { teamActionsOf } from './assignment.rules.js';
import type { IncidentState } from './incident-step.js';
import type { AssignmentRow } from './incident.table.js';

/** Whom of an incident a caller may move. */
export interface Moves {
  may(action: IncidentAction): boolean;
  /** Whether a team of the incident is the caller's to move: any for its holder, their own for who helps. */
  moves(team: TeamId): boolean;
  /** The same of a department: whoever holds the incident, and the desk whose department it is. */
  movesDepartment(centre: CentreId): boolean;
}

/** Who is on it and since when, as a card says it. */
export const boundOf = (
  { step, times, openedAt }: AssignmentRow,
  id: Id,
): { id: Id; step: AssignmentStep; at: string } => ({
  id,
  step,
  at: toInstant(times[step] ?? openedAt),
});

/** The departments of a card; nothing where none is on it. */
export function departmentsOn(open: readonly AssignmentRow[]): Pick<IncidentCard, 'departments'> {
  const departments = open.flatMap((one) => (one.department ? [boundOf(one, one.department.id)] : []));
  return departments.length > 0 ? { departments } : {};
}

/** Everybody who was sent, teams and departments each by themselves, with what the caller may tell of them next. */
export function assignmentsOf(
  { incident: { status }, assignments }: IncidentState,
  permit: Moves,
): Pick<Incident, 'assignments' | 'departmentAssignments'> {
  const isOpen = status === 'dispatched' || status === 'handling';
  const told = (one: AssignmentRow, isTheirs: boolean): Omit<Assignment, 'team' | 'callSign'> => ({
    step: one.step,
    actions: isOpen && isTheirs ? teamActionsOf(one).filter((action) => permit.may(action)) : [],
    times: Object.fromEntries(Object.entries(one.times).map(([step, at]) => [step, toInstant(at)])),
    flags: [...one.flags],
  });
  const ofDepartments = assignments.flatMap((one) => {
    if (one.department === null) return [];
    const { id, centre, names } = one.department;
    return [{ department: id, names, ...told(one, permit.movesDepartment(centre)) }];
  });
  return {
    assignments: assignments.flatMap((one) => {
      const { team, callSign } = one;
      return team === null ? [] : [{ team, callSign, ...told(one, permit.moves(team)) }];
    }),
    ...(ofDepartments.length > 0 ? { departmentAssignments: ofDepartments } : {}),
  };
}
