import {
  type AccountId,
  type Category,
  type CentreId,
  type DispatchOverride,
  type EvidenceSeen,
  type Id,
  type IncidentAction,
  type LngLat,
  type Satisfaction,
  type Severity,
  type SupervisionTrigger,
  TEAM_ACTIONS,
  type TeamAction,
  type TeamId,
} from '@app/shared';
import type { TeamSeen } from './assignment.rules.js';
import type { DepartmentSeen } from './department.rules.js';
import type { AssignmentRow, IncidentRow, TimelineRow } from './incident.table.js';
import type { Rulebook } from './rulebook.js';

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
  tick: 'incident.ticked',
  untick: 'incident.unticked',
  'hand-up': 'incident.offered-up',
  'hand-down': 'incident.offered-down',
  'hand-across': 'incident.offered-across',
  assist: 'incident.assist-asked',
  'pass-offer': 'incident.offer-passed',
  'accept-offer': 'incident.offer-accepted',
  'return-offer': 'incident.offer-returned',
  'withdraw-offer': 'incident.offer-withdrawn',
  'end-assist': 'incident.assist-ended',
  keep: 'incident.kept',
  rework: 'incident.reworked',
  suspend: 'incident.suspended',
  resume: 'incident.resumed',
  extend: 'incident.extension-asked',
  'review-extension': 'incident.extension-reviewed',
  'approve-extension': 'incident.extended',
  'refuse-extension': 'incident.extension-refused',
  reopen: 'incident.reopened',
  'follow-up': 'incident.followed-up',
  supervise: 'incident.supervised',
  'propose-change': 'incident.change-proposed',
  'approve-change': 'incident.changed',
  'refuse-change': 'incident.change-refused',
  correct: 'incident.corrected',
  'propose-supervision': 'incident.supervision-proposed',
  'confirm-supervision': 'incident.supervision-confirmed',
  'dismiss-supervision': 'incident.supervision-dismissed',
  'answer-supervision': 'incident.supervision-answered',
  'lift-supervision': 'incident.supervision-lifted',
  seal: 'incident.sealed',
  unseal: 'incident.unsealed',
  merge: 'incident.merged',
  unmerge: 'incident.unmerged',
  'erase-text': 'incident.text-erased',
  'share-team': 'incident.team-shared',
  absorb: 'incident.absorbed',
  release: 'incident.released',
} as const satisfies Record<TimelineRow['action'], string>;
export type IncidentFact = (typeof INCIDENT_FACTS)[TimelineRow['action']];

export interface IncidentState {
  readonly incident: IncidentRow;
  readonly assignments: readonly AssignmentRow[];
}

/** Who tells it, as far as the rules must know. */
export interface Teller {
  readonly account: AccountId;
  readonly name: string;
  /** Where they stand. */
  readonly centre: CentreId;
  readonly isSimulator: boolean;
  /** Whose handheld tells it. */
  readonly team?: TeamId;
  /** A token that may tell the past: no clock runs, and facts that break the rules are kept with a flag. */
  readonly isImport: boolean;
}

/** What place and text should say, as far as they were written down wrongly. */
export interface Correction {
  readonly place?: string | null;
  readonly description?: string | null;
  readonly spot?: LngLat;
}

/** One step as it is told. `at` is when it happened, `now` when we hear of it; both ms since 1970. */
export interface StepGiven {
  readonly action: IncidentAction;
  readonly teams: readonly TeamSeen[];
  readonly departments: readonly DepartmentSeen[];
  /** Busy teams that are sent all the same. */
  readonly override: DispatchOverride | null;
  readonly reason: string | null;
  readonly note: string | null;
  readonly derived: boolean;
  readonly externalId: string | null;
  /** To whom an incident is offered, and which offer is meant. */
  readonly centre: CentreId | null;
  readonly offer: Id | null;
  /** Ms since 1970. */
  readonly until: number | null;
  readonly satisfaction: Satisfaction | null;
  /** What it should be instead. */
  readonly category: Category | null;
  readonly severity: Severity | null;
  /** Why the product itself proposes a supervision. */
  readonly trigger: SupervisionTrigger | null;
  readonly correction: Correction | null;
  /** What there is of it, as far as the step may want some. */
  readonly evidence: EvidenceSeen;
  /** What may be shown of the place of a sensitive incident; of `seal`, and of a place that is corrected. */
  readonly coarse: LngLat | null;
  /** Where a place that is corrected lies. */
  readonly grid: string | null;
  /** An id for what the step may bring into being. */
  readonly mint: Id;
  readonly book: Rulebook;
  readonly at: number;
  readonly now: number;
  readonly by: Teller;
}

export const NO_EVIDENCE: EvidenceSeen = { photos: 0, files: 0 };

/** A step that says no more than what is done. */
export const SAID_NOTHING = {
  departments: [],
  override: null,
  reason: null,
  note: null,
  derived: false,
  externalId: null,
  centre: null,
  offer: null,
  until: null,
  satisfaction: null,
  category: null,
  severity: null,
  trigger: null,
  correction: null,
  evidence: NO_EVIDENCE,
  coarse: null,
  grid: null,
} as const satisfies Partial<StepGiven>;

/** A line of the timeline, but for its id and who told it. */
export type TimelineLine = Omit<TimelineRow, 'id' | 'byAccount' | 'byName'>;

/** What a step makes of an incident. `moved`: teams whose status follows their assignment now. */
export interface Advanced {
  readonly next: IncidentState;
  readonly fact: IncidentFact;
  readonly lines: readonly TimelineLine[];
  readonly moved: readonly TeamId[];
  /** Other incidents that share a team with it from here on. */
  readonly shares?: readonly TeamShare[];
}

/** A team that one incident has and another one gets too. */
export interface TeamShare {
  readonly incident: Id;
  readonly team: TeamId;
  readonly callSign: string;
  readonly reason: string | null;
}

export const isTeamAction = (action: IncidentAction): action is TeamAction => action in TEAM_ACTIONS;
