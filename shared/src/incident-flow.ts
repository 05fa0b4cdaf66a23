import { z } from 'zod';
import type { Role } from './account.js';

export const INCIDENT_STATUSES = [
  'reported',
  'accepted',
  'dispatched',
  'handling',
  'handled',
  'closed',
  'suspended',
  'rejected',
  'merged',
] as const;
export const IncidentStatus = z.enum(INCIDENT_STATUSES);
export type IncidentStatus = z.infer<typeof IncidentStatus>;

export const INCIDENT_ACTIONS = [
  'accept',
  'reject',
  'dispatch',
  'acknowledge',
  'depart',
  'arrive',
  'transport',
  'deliver',
  'clear',
  'decline',
  'recall',
  'complete',
  'close',
] as const;
export const IncidentAction = z.enum(INCIDENT_ACTIONS);
export type IncidentAction = z.infer<typeof IncidentAction>;

/** As what a centre takes a step, each with those above it: `holder` has the duty now. */
export const FLOW_PARTIES = ['holder'] as const;
export type FlowParty = (typeof FLOW_PARTIES)[number];

/** What a step must say besides the version. `team`: which one, where more than one could be meant. */
export const FLOW_NEEDS = ['reason', 'teams', 'team'] as const;
export type FlowNeed = (typeof FLOW_NEEDS)[number];

/** One row of the flow: who may take an action in which statuses, what it must say, and where it leads. */
export interface FlowRow {
  readonly action: IncidentAction;
  readonly from: readonly IncidentStatus[];
  readonly to: IncidentStatus;
  readonly parties: readonly FlowParty[];
  readonly roles: readonly Role[];
  readonly needs: readonly FlowNeed[];
  /** The step that takes the work forward: what somebody to whom it was returned may not simply do. */
  readonly isMain: boolean;
}

const WORKERS: readonly Role[] = ['duty', 'commander', 'staff'];
const HOLDER: readonly FlowParty[] = ['holder'];

const row = (
  action: IncidentAction,
  from: readonly IncidentStatus[],
  to: IncidentStatus,
  more: Partial<Omit<FlowRow, 'action' | 'from' | 'to'>> = {},
): FlowRow => ({ action, from, to, parties: HOLDER, roles: WORKERS, needs: [], isMain: false, ...more });

const ON_THE_WAY = ['dispatched', 'handling'] as const;
const REASON: readonly FlowNeed[] = ['reason'];
const TEAM: readonly FlowNeed[] = ['team'];
const TEAMS: readonly FlowNeed[] = ['teams'];

/**
 * The flow of incidents: the server decides by it, screens draw their buttons from it, the page of the flow is made of
 * it. A `recall` or `decline` leads to the status written here only when no team is left on the way; otherwise the
 * status stays.
 */
export const FLOW: readonly FlowRow[] = [
  row('accept', ['reported'], 'accepted', { isMain: true }),
  row('dispatch', ['accepted'], 'dispatched', { needs: TEAMS, isMain: true }),
  row('dispatch', ['dispatched'], 'dispatched', { needs: TEAMS }),
  row('dispatch', ['handling'], 'handling', { needs: TEAMS }),
  row('acknowledge', ON_THE_WAY, 'handling', { needs: TEAM }),
  row('depart', ON_THE_WAY, 'handling', { needs: TEAM }),
  row('arrive', ON_THE_WAY, 'handling', { needs: TEAM }),
  row('transport', ON_THE_WAY, 'handling', { needs: TEAM }),
  row('deliver', ON_THE_WAY, 'handling', { needs: TEAM }),
  row('clear', ON_THE_WAY, 'handling', { needs: TEAM }),
  row('decline', ['dispatched'], 'accepted', { needs: TEAM }),
  row('decline', ['handling'], 'handling', { needs: TEAM }),
  row('recall', ['dispatched'], 'accepted', { needs: TEAM }),
  row('recall', ['handling'], 'handling', { needs: TEAM }),
  row('complete', ['accepted', 'handling'], 'handled', { isMain: true }),
  row('close', ['handled'], 'closed', { isMain: true }),
  row('reject', ['reported', 'accepted'], 'rejected', { needs: REASON }),
];

type Steps = Readonly<Partial<Record<IncidentAction, IncidentStatus>>>;
const stepsFrom = (status: IncidentStatus): Steps =>
  Object.fromEntries(FLOW.filter(({ from }) => from.includes(status)).map(({ action, to }) => [action, to]));

/** Status → action → next status, as `FLOW` says. */
export const INCIDENT_FLOW = Object.fromEntries(
  INCIDENT_STATUSES.map((status) => [status, stepsFrom(status)]),
) as Readonly<Record<IncidentStatus, Steps>>;

/** The row of an action in a status, or undefined where the flow has no such step. */
export const flowRow = (status: IncidentStatus, action: IncidentAction): FlowRow | undefined =>
  FLOW.find((one) => one.action === action && one.from.includes(status));

/** The actions that the flow has from a status, in the flow's order. */
export const actionsFrom = (status: IncidentStatus): IncidentAction[] =>
  Object.keys(INCIDENT_FLOW[status]) as IncidentAction[];

/** The status an action leads to, or undefined where the flow has no such step. */
export const nextStatus = (status: IncidentStatus, action: IncidentAction): IncidentStatus | undefined =>
  INCIDENT_FLOW[status][action];

/** What an action must say, wherever it is taken. */
export const needsOf = (action: IncidentAction): readonly FlowNeed[] =>
  FLOW.find((one) => one.action === action)?.needs ?? [];
