import {
  ENDED_STATUSES,
  type FlowRow,
  flowRow,
  type IncidentAction,
  type IncidentStatus,
  MOST_EXTENSIONS,
} from '@app/shared';
import { accept, type Decision } from '../platform/decision.js';
import { closeCourse, followUp, reopen, rework } from './after-close.rules.js';
import { approveChange, proposeChange, refuseChange } from './change.rules.js';
import { correct } from './correct.rules.js';
import type { Course } from './course.js';
import type { IncidentState, StepGiven } from './incident-step.js';
import { seal, unseal } from './label.rules.js';
import {
  acceptOffer,
  endAssist,
  isHanding,
  keep,
  offer,
  passOffer,
  returnOffer,
  withdrawOffer,
} from './offer.rules.js';
import {
  approveExtension,
  askExtension,
  refuseExtension,
  resume,
  reviewExtension,
  suspend,
} from './pause.rules.js';
import {
  answerSupervision,
  confirmSupervision,
  endSupervision,
  proposeSupervision,
  supervise,
} from './supervision.rules.js';
import type { Turn } from './turn.js';

type Rule = (state: IncidentState, step: StepGiven) => Decision<Turn>;

/** What each step makes of the course; steps of the core make nothing of it by themselves. */
const RULES: Readonly<Partial<Record<IncidentAction, Rule>>> = {
  'hand-up': (state, step) => offer(state, step, 'hand-up'),
  'hand-down': (state, step) => offer(state, step, 'hand-down'),
  'hand-across': (state, step) => offer(state, step, 'hand-across'),
  assist: (state, step) => offer(state, step, 'assist'),
  'pass-offer': passOffer,
  'accept-offer': acceptOffer,
  'return-offer': returnOffer,
  'withdraw-offer': withdrawOffer,
  'end-assist': endAssist,
  keep,
  rework,
  suspend,
  resume,
  extend: askExtension,
  'review-extension': reviewExtension,
  'approve-extension': approveExtension,
  'refuse-extension': refuseExtension,
  'propose-change': proposeChange,
  'approve-change': approveChange,
  'refuse-change': refuseChange,
  correct,
  close: ({ incident }, step) => accept({ course: closeCourse(incident, step) }),
  'follow-up': followUp,
  reopen,
  supervise,
  'propose-supervision': proposeSupervision,
  'confirm-supervision': confirmSupervision,
  'dismiss-supervision': endSupervision,
  'answer-supervision': answerSupervision,
  'lift-supervision': endSupervision,
  seal,
  unseal,
};

export const turnOf = (state: IncidentState, step: StepGiven): Decision<Turn> =>
  RULES[step.action]?.(state, step) ?? accept({ course: state.incident.course });

/** Whether the course allows an action that the status has. `now` in ms since 1970. */
export function fitsCourse(state: IncidentState, action: IncidentAction, now: number): boolean {
  const { course, dueAt, label } = state.incident;
  const row = flowRow(state.incident.status, action);
  if (row && isBarred(course, row)) return false;
  const waits = course.offers.filter(({ state }) => state === 'offered');
  const fits: Partial<Record<IncidentAction, boolean>> = {
    'hand-up': !course.offers.some(isHanding),
    'hand-down': !course.offers.some(isHanding),
    'hand-across': !course.offers.some(isHanding),
    'pass-offer': waits.some(({ next }) => next !== null),
    'accept-offer': waits.some(({ next }) => next === null),
    'return-offer': waits.length > 0,
    'withdraw-offer': waits.length > 0,
    'end-assist': course.offers.length > waits.length,
    keep: course.returned !== null,
    suspend: course.paused === 0 && state.assignments.every(({ endedAt }) => endedAt !== null),
    extend: course.extension === null && course.extended < MOST_EXTENSIONS && dueAt !== null && dueAt > now,
    'review-extension': course.extension?.state === 'asked',
    'approve-extension': course.extension?.state === 'reviewed' && dueAt !== null && dueAt > now,
    'refuse-extension': course.extension !== null,
    'propose-change': course.change === null,
    'approve-change': course.change !== null,
    'refuse-change': course.change !== null,
    'follow-up': course.followUp?.satisfaction === null,
    supervise: course.supervision === null || course.supervision.state === 'proposed',
    seal: label === 'internal',
    unseal: label === 'sensitive',
    unmerge: course.merge !== null && course.merge.until >= now,
    'propose-supervision': course.supervision === null,
    'confirm-supervision': course.supervision?.state === 'proposed',
    'dismiss-supervision': course.supervision?.state === 'proposed',
    'answer-supervision': course.supervision?.state === 'open',
    'lift-supervision': course.supervision?.state === 'open' || course.supervision?.state === 'answered',
  };
  return fits[action] ?? true;
}

/**
 * Who received a return may not simply go on with what the other was to do. After a centre's return that is any main
 * step; after a team's or a department's, which leaves the incident to be dispatched anew, it is to complete it without a team.
 */
export function isBarred({ returned }: Course, row: FlowRow): boolean {
  if (returned === null) return false;
  return returned.what === 'offer' ? row.isMain : row.action === 'complete';
}

/**
 * What a new status ends: whoever has not answered by the time the work is done is asked no longer, and what was
 * returned has been decided on. Who helps stays a party.
 */
export function settleCourse(course: Course, status: IncidentStatus, before: IncidentStatus): Course {
  if (status === before) return course;
  const isDone = status === 'handled' || status === 'suspended' || ENDED_STATUSES.includes(status);
  const offers = isDone ? course.offers.filter(({ state }) => state === 'assisting') : course.offers;
  const supervision = ENDED_STATUSES.includes(status) ? null : course.supervision;
  const change = ENDED_STATUSES.includes(status) ? null : course.change;
  return {
    ...course,
    offers,
    supervision,
    change,
    returned: isDone ? null : course.returned,
    // A wish for more time is about the clock that ran when it was told.
    extension: null,
  };
}
