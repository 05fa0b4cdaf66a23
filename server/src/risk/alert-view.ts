import { type Alert, type AlertCard, type DeviationFigures, type DoorFigures, toInstant } from '@app/shared';
import { alertActionsFrom } from './alert.rules.js';
import type {
  AlertRow,
  AlertTimelineRow,
  ClockSeen,
  DeviationSeen,
  DoorSeen,
  SurgeSeen,
} from './alert.table.js';

/** Who acted when nobody did: the product itself. */
export const SYSTEM = 'system';

/** An alert's whole public state. */
export function cardOf(alert: AlertRow): AlertCard {
  return {
    id: alert.id,
    rule: alert.rule,
    category: alert.category,
    severity: alert.severity,
    state: alert.state,
    version: alert.version,
    since: toInstant(alert.since),
    stateAt: toInstant(alert.stateAt),
    until: alert.until === null ? null : toInstant(alert.until),
    centre: alert.centre,
    grid: alert.grid,
    lng: alert.lng,
    lat: alert.lat,
    incidents: [...alert.incidents],
    clock: alert.clock && clockOf(alert.clock),
    surge: alert.surge && surgeOf(alert.surge),
    ...(alert.deviation && { deviation: deviationOf(alert.deviation) }),
    ...(alert.door && { door: doorOf(alert.door) }),
  };
}

/** An alert as HTTP answers it to somebody who may act on it, or not. */
export function alertOf(alert: AlertRow, timeline: readonly AlertTimelineRow[], mayAct: boolean): Alert {
  return {
    ...cardOf(alert),
    actions: mayAct ? alertActionsFrom(alert.state) : [],
    timeline: timeline.map(({ fact, byName, at, reason }) => ({
      fact,
      by: byName,
      at: toInstant(at),
      reason,
    })),
  };
}

const clockOf = ({ stage, dueAt, overdue, limitMinutes, number }: ClockSeen): AlertCard['clock'] => ({
  stage,
  dueAt: toInstant(dueAt),
  overdue,
  limitMinutes,
  ...(number === undefined ? {} : { number }),
});

const surgeOf = ({ observed, expected, from, to, historyDays, chance }: SurgeSeen): AlertCard['surge'] => ({
  observed,
  expected,
  from: toInstant(from),
  to: toInstant(to),
  historyDays,
  chance,
});

const deviationOf = ({ from, to, answeredAt, ...seen }: DeviationSeen): DeviationFigures => ({
  ...seen,
  ...(answeredAt === undefined ? {} : { answeredAt: toInstant(answeredAt) }),
  from: toInstant(from),
  to: to === null ? null : toInstant(to),
});

const doorOf = ({ door, from, to }: DoorSeen): DoorFigures => ({
  door,
  from: toInstant(from),
  to: to === null ? null : toInstant(to),
});
