import { z } from 'zod';
import { Id } from './ids.js';
import { IncidentAction } from './incident-flow.js';
import { Names } from './names.js';
import { Instant } from './time.js';

export const ASSIGNMENT_STEPS = [
  'dispatched',
  'acknowledged',
  'departed',
  'arrived',
  'transporting',
  'delivered',
  'cleared',
  'declined',
  'recalled',
] as const;
export const AssignmentStep = z.enum(ASSIGNMENT_STEPS);
export type AssignmentStep = z.infer<typeof AssignmentStep>;

/** Actions on one team of an incident, and the step of its assignment that each leads to. */
export const TEAM_ACTIONS = {
  acknowledge: 'acknowledged',
  depart: 'departed',
  arrive: 'arrived',
  transport: 'transporting',
  deliver: 'delivered',
  clear: 'cleared',
  decline: 'declined',
  recall: 'recalled',
} as const satisfies Partial<Record<IncidentAction, AssignmentStep>>;
export type TeamAction = keyof typeof TEAM_ACTIONS;

/** What a department may be said to do: it signs for it, is there, has done it, declines it, or is called back. */
export const DEPARTMENT_ACTIONS = [
  'acknowledge',
  'arrive',
  'clear',
  'decline',
  'recall',
] as const satisfies readonly TeamAction[];

/** Steps after which a team is no longer bound to the incident. */
export const ENDED_STEPS: readonly AssignmentStep[] = ['cleared', 'declined', 'recalled'];
/** The sending of one team. */
export const Assignment = z.object({
  team: Id,
  callSign: z.string(),
  step: AssignmentStep,
  actions: z.array(IncidentAction),
  times: z.partialRecord(AssignmentStep, Instant),
  flags: z.array(z.string()),
});
export type Assignment = z.infer<typeof Assignment>;

/** The sending of one department, under the names that it had then. */
export const DepartmentAssignment = Assignment.omit({ team: true, callSign: true }).extend({
  department: Id,
  names: Names,
});
export type DepartmentAssignment = z.infer<typeof DepartmentAssignment>;
