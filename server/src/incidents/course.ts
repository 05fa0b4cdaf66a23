import type {
  AccountId,
  Category,
  CentreId,
  ClockRule,
  Id,
  IncidentId,
  IncidentStatus,
  OfferKind,
  Satisfaction,
  Severity,
  SupervisionTrigger,
} from '@app/shared';
import type { RunningClock } from './clock.rules.js';

/** An incident that is offered to another centre, or a centre that helps. Instants are ms since 1970. */
export interface Offer {
  readonly id: Id;
  readonly kind: OfferKind;
  readonly from: CentreId;
  /** Whom it waits for now: the common ancestor first, where one must pass it on to `next`. */
  readonly to: CentreId;
  readonly next: CentreId | null;
  readonly state: 'offered' | 'assisting';
  readonly at: number;
  readonly dueAt: number | null;
  readonly soonAt: number | null;
}

/** The clock that stood when an incident was suspended, with what was left of it in the time of its kind. */
export interface Pause {
  readonly from: IncidentStatus;
  readonly since: number;
  readonly until: number;
  readonly stage: RunningClock['dueStage'];
  readonly leftMs: number;
  /** The limit that it runs on by; absent where it was suspended before this was kept. */
  readonly limit?: Pick<ClockRule, 'kind' | 'value'> | null;
}

/** A wish for more time: asked by one, reviewed by another, approved by a third who stands above. */
interface Extension {
  readonly state: 'asked' | 'reviewed';
  readonly askedBy: AccountId;
  readonly byName: string;
  readonly reviewedBy: AccountId | null;
  readonly at: number;
  readonly dueAt: number;
}

/** What somebody finds it should be instead of what it was told as. */
interface Change {
  readonly category: Category;
  readonly severity: Severity;
  readonly askedBy: AccountId;
  readonly byName: string;
  readonly at: number;
}

/** What a centre above wants an answer to by a due time. Until somebody there confirms it, it is only proposed. */
export interface Supervision {
  readonly id: Id;
  readonly state: 'proposed' | 'open' | 'answered';
  readonly trigger: SupervisionTrigger;
  readonly from: CentreId | null;
  readonly at: number;
  readonly dueAt: number | null;
  readonly soonAt: number | null;
}

/** What an incident was merged into, and how it stood: a merge may be taken back for a while. */
interface Merge {
  readonly into: IncidentId;
  readonly number: string;
  readonly at: number;
  readonly until: number;
  readonly from: IncidentStatus;
  readonly clock: RunningClock;
}

/** How an incident goes between centres and clocks: the part of its state that the core of the flow does not need. */
export interface Course {
  readonly offers: readonly Offer[];
  readonly returned: {
    readonly what: 'offer' | 'team' | 'department';
    readonly by: Id;
    readonly at: number;
  } | null;
  readonly pause: Pause | null;
  /** Incidents are suspended once. */
  readonly paused: number;
  readonly extension: Extension | null;
  readonly extended: number;
  readonly reworked: number;
  readonly reopened: number;
  /** How many assignments there were when it was reopened: earlier ones count for no clock any more. */
  readonly round: number;
  readonly change: Change | null;
  readonly supervision: Supervision | null;
  readonly merge: Merge | null;
  readonly merged: readonly { readonly id: IncidentId; readonly number: string; readonly at: number }[];
  readonly followUp: {
    readonly dueAt: number | null;
    /** Absent where it was closed before this clock was watched. */
    readonly soonAt?: number | null;
    readonly satisfaction: Satisfaction | null;
    readonly at: number | null;
  } | null;
}

export const NEW_COURSE: Course = {
  offers: [],
  returned: null,
  pause: null,
  paused: 0,
  extension: null,
  extended: 0,
  reworked: 0,
  reopened: 0,
  round: 0,
  change: null,
  supervision: null,
  merge: null,
  merged: [],
  followUp: null,
};

/** Centres that see the incident beside holder, origin and former holders: those it is offered to and those who help. */
export const guestsOf = ({ offers }: Course): CentreId[] => [...new Set(offers.map(({ to }) => to))];
