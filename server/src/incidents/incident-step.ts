import { type AccountId, type IncidentAction, TEAM_ACTIONS, type TeamAction, type TeamId } from '@app/shared';
import type { TeamSeen } from './assignment.rules.js';
import type { AssignmentRow, IncidentRow, NoteAction, TimelineRow } from './incident.table.js';

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
} as const satisfies Record<IncidentAction | NoteAction | 'report', string>;
export type IncidentFact = (typeof INCIDENT_FACTS)[IncidentAction | NoteAction | 'report'];

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

export const isTeamAction = (action: IncidentAction): action is TeamAction => action in TEAM_ACTIONS;
