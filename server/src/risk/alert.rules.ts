import {
  ALERT_FLOW,
  type AlertAction,
  type AlertId,
  type AlertState,
  ENDED_ALERT_STATES,
  type Severity,
  toInstant,
} from '@app/shared';
import type { IncidentRow } from '../incidents/incident.table.js';
import { maskOf, shownCategory } from '../incidents/label.rules.js';
import { partiesOf } from '../incidents/party.rules.js';
import { accept, type Decision, refuse } from '../platform/decision.js';
import type { AlertRow, ClockSeen } from './alert.table.js';

/** The longest time for which an alert may be shelved. */
export const LONGEST_SHELF_MS = 12 * 3_600_000;
/** A surge without a new case for this long is over. */
export const EPISODE_MS = 24 * 3_600_000;

export const ALERT_FACTS = {
  raise: 'alert.raised',
  update: 'alert.updated',
  acknowledge: 'alert.acknowledged',
  act: 'alert.acting',
  shelve: 'alert.shelved',
  return: 'alert.returned',
  resolve: 'alert.resolved',
  dismiss: 'alert.dismissed',
  expire: 'alert.expired',
  relabel: 'alert.relabelled',
  answer: 'alert.answered',
} as const satisfies Record<
  AlertAction | 'raise' | 'update' | 'return' | 'expire' | 'relabel' | 'answer',
  string
>;
type AlertFact = (typeof ALERT_FACTS)[keyof typeof ALERT_FACTS];

/** The next state of an alert without its audience. */
export interface AlertMoved {
  readonly next: AlertRow;
  readonly fact: AlertFact;
}

export interface AlertStepGiven {
  readonly action: AlertAction;
  readonly reason: string | null;
  /** Ms since 1970. */
  readonly until: number | null;
  readonly now: number;
}

export const isOpen = ({ state }: Pick<AlertRow, 'state'>): boolean => !ENDED_ALERT_STATES.includes(state);

/** Actions that a state allows, in the flow's order. */
export const alertActionsFrom = (state: AlertState): AlertAction[] =>
  Object.keys(ALERT_FLOW[state]) as AlertAction[];

/** Moves an alert one step along ALERT_FLOW, or says why it may not move. */
export function step(alert: AlertRow, { action, reason, until, now }: AlertStepGiven): Decision<AlertMoved> {
  const to = (ALERT_FLOW[alert.state] as Partial<Record<AlertAction, AlertState>>)[action];
  if (to === undefined)
    return refuse('alert.illegal-step', { from: alert.state, action, legal: alertActionsFrom(alert.state) });
  if ((action === 'shelve' || action === 'dismiss') && reason === null)
    return refuse('alert.reason-wanted', { action });
  if (action !== 'shelve') return accept({ next: moved(alert, to, now), fact: ALERT_FACTS[action] });
  if (until === null)
    return refuse('request.malformed', { field: 'until', wanted: 'when the alert comes back' });
  if (until <= now) return refuse('time.past', { seen: toInstant(until), now: toInstant(now) });
  if (until > now + LONGEST_SHELF_MS)
    return refuse('time.future', { seen: toInstant(until), wanted: toInstant(now + LONGEST_SHELF_MS) });
  return accept({ next: { ...moved(alert, to, now), until }, fact: ALERT_FACTS.shelve });
}

/** A shelf that ended; undefined when the alert is no longer on it. */
export function unshelve(alert: AlertRow, now: number): AlertMoved | undefined {
  if (alert.state !== 'shelved' || alert.until === null || alert.until > now) return undefined;
  return { next: moved(alert, 'raised', now), fact: ALERT_FACTS.return };
}

/** A surge that had no new case for long enough; undefined when it goes on or is over already. */
export function expire(alert: AlertRow, now: number): AlertMoved | undefined {
  if (!isOpen(alert) || now < alert.lastCaseAt + EPISODE_MS) return undefined;
  return { next: moved(alert, 'expired', now), fact: ALERT_FACTS.expire };
}

/** What was warned of has been done. */
export const resolve = (alert: AlertRow, now: number): AlertMoved => ({
  next: moved(alert, 'resolved', now),
  fact: ALERT_FACTS.resolve,
});

/** What an alert was about, with its end. */
export type EndedSeen = Pick<AlertRow, 'deviation'> | Pick<AlertRow, 'door'>;

/**
 * The alert once what was seen is over; undefined where it is over itself. A team that wants help does so until a person
 * has met it, whatever its devices say.
 */
export function endSeen(alert: AlertRow, ended: EndedSeen, now: number): AlertMoved | undefined {
  if (!isOpen(alert)) return undefined;
  if (alert.deviation?.answer === 'help-wanted')
    return { next: { ...alert, ...ended, version: alert.version + 1 }, fact: ALERT_FACTS.update };
  const { next, fact } = resolve(alert, now);
  return { next: { ...next, ...ended }, fact };
}

const moved = (alert: AlertRow, state: AlertState, now: number): AlertRow => ({
  ...alert,
  state,
  stateAt: now,
  until: null,
  version: alert.version + 1,
});

/** The key of the one alert that a stage of an incident, or of an offer of it, ever has. */
export const clockKey = (subject: string, stage: string): string => `clock:${subject}:${stage}`;

/** An alert about a clock of an incident that is about to run out, or did. */
export function raiseClock(
  incident: IncidentRow,
  { id, key, clock, now }: { id: AlertId; key: string; clock: ClockSeen; now: number },
): AlertMoved {
  const next: AlertRow = {
    id,
    key,
    rule: 'clock',
    category: shownCategory(incident),
    severity: clockSeverity(incident.severity, clock.overdue),
    state: 'raised',
    version: 1,
    since: now,
    stateAt: now,
    until: null,
    lastCaseAt: now,
    centre: incident.centre,
    parties: partiesOf(incident),
    others: [],
    grid: incident.grid,
    ...shownPlace(incident),
    incidents: [incident.id],
    clock,
    surge: null,
    deviation: null,
    door: null,
    seenBy: [],
    demo: incident.demo,
  };
  return { next, fact: ALERT_FACTS.raise };
}

/**
 * An alert about an incident whose label has changed: a clock's says what the card says, a surge no longer names one
 * that is sensitive, since it tells what kind of incident it is.
 */
export function relabel(alert: AlertRow, incident: IncidentRow): AlertMoved {
  const next = { ...alert, version: alert.version + 1 };
  const fact = ALERT_FACTS.relabel;
  if (alert.rule === 'clock')
    return {
      next: { ...next, category: shownCategory(incident), grid: incident.grid, ...shownPlace(incident) },
      fact,
    };
  const incidents = alert.incidents.filter((id) => id !== incident.id);
  return { next: { ...next, incidents }, fact };
}

const shownPlace = (incident: IncidentRow): Pick<AlertRow, 'lng' | 'lat'> => {
  const { lng, lat } = maskOf(incident) ?? incident;
  return { lng, lat };
};

/** The same stage has a new clock, which another centre has to meet or which was set anew: the alert comes back. */
export function raiseAgain(
  alert: AlertRow,
  incident: IncidentRow,
  { clock, now }: { clock: ClockSeen; now: number },
): AlertMoved {
  const { severity } = incident;
  const next = {
    ...moved(alert, 'raised', now),
    clock,
    severity: clockSeverity(severity, clock.overdue),
    centre: incident.centre,
    parties: partiesOf(incident),
  };
  return { next, fact: ALERT_FACTS.return };
}

/** The clock has run out: the same alert, as grave as its incident. Undefined when there is nothing new to say. */
export function turnOverdue(alert: AlertRow, incident: IncidentRow): AlertMoved | undefined {
  if (!isOpen(alert) || alert.clock === null || alert.clock.overdue) return undefined;
  const next = {
    ...alert,
    severity: incident.severity,
    clock: { ...alert.clock, overdue: true },
    version: alert.version + 1,
  };
  return { next, fact: ALERT_FACTS.update };
}

/** Another centre has the duty: what still warns, warns there. Undefined when nothing does. */
export function readdress(alert: AlertRow, incident: IncidentRow): AlertMoved | undefined {
  if (!isOpen(alert) || alert.centre === incident.centre) return undefined;
  const { centre } = incident;
  const next = { ...alert, centre, parties: partiesOf(incident), version: alert.version + 1 };
  return { next, fact: ALERT_FACTS.update };
}

/** About to be overdue is one degree milder than overdue, which is as grave as the incident. */
const clockSeverity = (severity: Severity, overdue: boolean): Severity => {
  if (overdue) return severity;
  return severity === 1 ? 2 : severity === 2 ? 3 : 4;
};
