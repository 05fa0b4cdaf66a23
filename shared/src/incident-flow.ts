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
  'hand-up',
  'hand-down',
  'hand-across',
  'assist',
  'pass-offer',
  'accept-offer',
  'return-offer',
  'withdraw-offer',
  'end-assist',
  'keep',
  'rework',
  'suspend',
  'resume',
  'extend',
  'review-extension',
  'approve-extension',
  'refuse-extension',
  'reopen',
  'follow-up',
  'supervise',
  'propose-supervision',
  'confirm-supervision',
  'dismiss-supervision',
  'answer-supervision',
  'lift-supervision',
  'merge',
  'unmerge',
  'seal',
  'unseal',
  'propose-change',
  'approve-change',
  'refuse-change',
  'correct',
] as const;
export const IncidentAction = z.enum(INCIDENT_ACTIONS);
export type IncidentAction = z.infer<typeof IncidentAction>;

/**
 * As what a centre takes a step, each with those above it: `holder` has the duty now, `addressee` is whom an offer waits
 * for, `assisting` has agreed to help. `above` is a centre above the holder's, or the root of the tree for its own;
 * `supervising` the one that supervises.
 */
export const FLOW_PARTIES = ['holder', 'addressee', 'assisting', 'above', 'supervising'] as const;
export type FlowParty = (typeof FLOW_PARTIES)[number];

/**
 * What a step must say besides the version. `teams`: whom it sends, departments too; `team` and `offer`: which one, where
 * more than one could be meant;
 * `centre`: to whom; `until`: an end; `into`: the incident that it is the same as; `change`: another category or severity;
 * `correction`: another place, or other words, than were written down.
 */
export const FLOW_NEEDS = [
  'reason',
  'teams',
  'team',
  'centre',
  'offer',
  'until',
  'satisfaction',
  'into',
  'change',
  'correction',
] as const;
export type FlowNeed = (typeof FLOW_NEEDS)[number];

/**
 * From which levels of the tree a step may be taken, told by place in it, since a city has two to six levels with names
 * of its own. `any`: each. `below-top`, `above-lowest`: the holder has a centre above, an open one below. `upper`: a level
 * above the holder's, the top for its own. `giver`: no lower than the centre from which the duty came down.
 * `supervisor`: no lower than the centre that supervises. A city may narrow each: `LevelRule`.
 */
export const FLOW_LEVELS = ['any', 'below-top', 'above-lowest', 'upper', 'giver', 'supervisor'] as const;
export type FlowLevel = (typeof FLOW_LEVELS)[number];

/** Where a step leads: `same` leaves the status, `before` goes back to the one from which the incident was taken out. */
export type FlowTarget = IncidentStatus | 'same' | 'before';

/** One row of the flow: who may take an action in which statuses, what it must say, and where it leads. */
export interface FlowRow {
  readonly action: IncidentAction;
  readonly from: readonly IncidentStatus[];
  readonly to: FlowTarget;
  readonly parties: readonly FlowParty[];
  readonly roles: readonly Role[];
  readonly level: FlowLevel;
  readonly needs: readonly FlowNeed[];
  /** Whether a city may ask evidence for it: `EvidenceRule`. */
  readonly hasEvidence: boolean;
  /** The step that takes the work forward: what somebody to whom it was returned may not simply do. */
  readonly isMain: boolean;
}

const WORKERS: readonly Role[] = ['duty', 'commander', 'staff'];
/** Who answers for a shift. */
const CHIEFS: readonly Role[] = ['duty', 'commander'];
const HOLDER: readonly FlowParty[] = ['holder'];

const row = (
  action: IncidentAction,
  from: readonly IncidentStatus[],
  to: FlowTarget,
  more: Partial<Omit<FlowRow, 'action' | 'from' | 'to'>> = {},
): FlowRow => ({
  action,
  from,
  to,
  parties: HOLDER,
  roles: WORKERS,
  level: 'any',
  needs: [],
  hasEvidence: false,
  isMain: false,
  ...more,
});

const ON_THE_WAY = ['dispatched', 'handling'] as const;
const REASON: readonly FlowNeed[] = ['reason'];
const TEAM: readonly FlowNeed[] = ['team'];
const TEAM_REASON: readonly FlowNeed[] = ['team', 'reason'];
const TEAMS: readonly FlowNeed[] = ['teams'];
const OFFER: readonly FlowNeed[] = ['offer'];
/** Where an incident may go to another centre, and where its clock may be set anew. */
export const IN_HAND: readonly IncidentStatus[] = ['reported', 'accepted', 'dispatched', 'handling'];
const CLOCKED = [...IN_HAND, 'handled'] as const;
const CREW: readonly FlowParty[] = ['holder', 'assisting'];
const ADDRESSEE: readonly FlowParty[] = ['addressee'];
const ABOVE: readonly FlowParty[] = ['above'];
/** The product itself, when something falls due. */
const NOBODY: readonly FlowParty[] = [];
const OPEN = [...IN_HAND, 'handled', 'suspended'] as const;

/**
 * The flow of incidents: the server decides by it, screens draw their buttons from it, the page of the flow is made of
 * it. A `recall` or `decline` leads to the status written here only when no team is left on the way; otherwise the
 * status stays. A `follow-up` with somebody who is not satisfied reopens.
 */
export const FLOW: readonly FlowRow[] = [
  row('accept', ['reported'], 'accepted', { isMain: true }),
  row('dispatch', ['accepted'], 'dispatched', { parties: CREW, needs: TEAMS, isMain: true }),
  row('dispatch', ['dispatched'], 'dispatched', { parties: CREW, needs: TEAMS }),
  row('dispatch', ['handling'], 'handling', { parties: CREW, needs: TEAMS }),
  row('acknowledge', ON_THE_WAY, 'handling', { parties: CREW, needs: TEAM }),
  row('depart', ON_THE_WAY, 'handling', { parties: CREW, needs: TEAM }),
  row('arrive', ON_THE_WAY, 'handling', { parties: CREW, needs: TEAM }),
  row('transport', ON_THE_WAY, 'handling', { parties: CREW, needs: TEAM }),
  row('deliver', ON_THE_WAY, 'handling', { parties: CREW, needs: TEAM }),
  row('clear', ON_THE_WAY, 'handling', { parties: CREW, needs: TEAM }),
  row('decline', ['dispatched'], 'accepted', { parties: CREW, needs: TEAM_REASON }),
  row('decline', ['handling'], 'handling', { parties: CREW, needs: TEAM_REASON }),
  row('recall', ['dispatched'], 'accepted', { parties: CREW, needs: TEAM }),
  row('recall', ['handling'], 'handling', { parties: CREW, needs: TEAM }),
  row('complete', ['accepted', 'handling'], 'handled', { hasEvidence: true, isMain: true }),
  row('close', ['handled'], 'closed', { level: 'giver', hasEvidence: true, isMain: true }),
  row('rework', ['handled'], 'handling', { needs: REASON }),
  row('reject', ['reported', 'accepted'], 'rejected', { needs: REASON }),
  row('keep', IN_HAND, 'same', { needs: REASON }),
  row('hand-up', IN_HAND, 'same', { level: 'below-top', needs: REASON }),
  row('hand-down', IN_HAND, 'same', { level: 'above-lowest', needs: ['centre', 'reason'] }),
  row('hand-across', IN_HAND, 'same', { level: 'below-top', needs: ['centre', 'reason'] }),
  row('assist', ['accepted', 'dispatched', 'handling'], 'same', { needs: ['centre', 'reason'] }),
  row('pass-offer', IN_HAND, 'same', { parties: ADDRESSEE, needs: OFFER }),
  row('accept-offer', IN_HAND, 'same', { parties: ADDRESSEE, needs: OFFER }),
  row('return-offer', IN_HAND, 'same', { parties: ADDRESSEE, needs: ['offer', 'reason'] }),
  row('withdraw-offer', IN_HAND, 'same', { needs: OFFER }),
  row('end-assist', [...IN_HAND, 'handled'], 'same', { parties: CREW, needs: OFFER }),
  row('suspend', ['accepted', 'handling'], 'suspended', { needs: ['reason', 'until'] }),
  row('resume', ['suspended'], 'before'),
  row('extend', CLOCKED, 'same', { needs: REASON }),
  row('review-extension', CLOCKED, 'same'),
  row('approve-extension', CLOCKED, 'same', { parties: ABOVE, roles: CHIEFS, level: 'upper' }),
  row('refuse-extension', CLOCKED, 'same', { parties: HOLDER, needs: REASON }),
  row('supervise', OPEN, 'same', {
    parties: ABOVE,
    roles: CHIEFS,
    level: 'upper',
    needs: ['until', 'reason'],
  }),
  row('propose-supervision', OPEN, 'same', { parties: NOBODY, roles: [] }),
  row('confirm-supervision', OPEN, 'same', { parties: ABOVE, roles: CHIEFS, level: 'upper' }),
  row('dismiss-supervision', OPEN, 'same', { parties: ABOVE, roles: CHIEFS, level: 'upper', needs: REASON }),
  row('answer-supervision', OPEN, 'same', { needs: REASON }),
  row('lift-supervision', OPEN, 'same', {
    parties: ['above', 'supervising'],
    roles: CHIEFS,
    level: 'supervisor',
  }),
  row('propose-change', OPEN, 'same', { needs: ['change', 'reason'] }),
  row('approve-change', OPEN, 'same', { roles: CHIEFS }),
  row('refuse-change', OPEN, 'same', { needs: REASON }),
  row('correct', OPEN, 'same', { needs: ['correction', 'reason'] }),
  row('merge', IN_HAND, 'merged', { needs: ['into'] }),
  row('unmerge', ['merged'], 'before', { needs: REASON }),
  row('follow-up', ['closed'], 'same', { needs: ['satisfaction'] }),
  row('reopen', ['closed'], 'accepted', { needs: REASON }),
  row('seal', INCIDENT_STATUSES, 'same', { needs: REASON }),
  row('unseal', INCIDENT_STATUSES, 'same', { roles: CHIEFS, needs: REASON }),
];

/** The row of an action in a status, or undefined where the flow has no such step. */
export const flowRow = (status: IncidentStatus, action: IncidentAction): FlowRow | undefined =>
  FLOW.find((one) => one.action === action && one.from.includes(status));

/** The actions that the flow has from a status, in the flow's order. */
export const actionsFrom = (status: IncidentStatus): IncidentAction[] =>
  FLOW.filter(({ from }) => from.includes(status)).map(({ action }) => action);

/**
 * The status an action leads to, or undefined where the flow has no such step. `before` is the status from which the
 * incident was taken out, where it was.
 */
export function nextStatus(
  status: IncidentStatus,
  action: IncidentAction,
  before: IncidentStatus = status,
): IncidentStatus | undefined {
  const to = flowRow(status, action)?.to;
  if (to === 'same') return status;
  return to === 'before' ? before : to;
}

/** What an action must say, wherever it is taken. */
export const needsOf = (action: IncidentAction): readonly FlowNeed[] =>
  FLOW.find((one) => one.action === action)?.needs ?? [];
