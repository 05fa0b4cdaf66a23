import {
  type AlertId,
  type CentreId,
  type Deviation,
  type DeviationRule,
  type Force,
  type Id,
  QUESTION_FLOW,
  type QuestionAnswer,
  type ScopeId,
  type Severity,
  type TeamId,
} from '@app/shared';
import { accept, type Decision, refuse } from '../platform/decision.js';
import { ALERT_FACTS, type AlertMoved, isOpen } from './alert.rules.js';
import type { AlertRow, DeviationSeen } from './alert.table.js';

/** A deviation that has lasted long enough. */
export interface Found {
  readonly kind: Deviation;
  readonly team: {
    readonly id: TeamId;
    readonly callSign: string;
    readonly centre: CentreId;
    readonly demo: boolean;
  };
  /** Ms since 1970. */
  readonly from: number;
  readonly rule: DeviationRule;
  readonly device?: Id;
  /** Whose liaison is asked, and at which desk. */
  readonly asks?: { readonly force: Force; readonly desk: ScopeId };
}

export const episodeKey = (team: TeamId, kind: Deviation, device?: Id): string =>
  [team, kind, ...(device === undefined ? [] : [device])].join(':');

const HELP_WANTED: Severity = 2;

/** A crew that is not heard any more may need somebody; everything else waits. A question is never grave. */
const severityOf = ({ kind, asks }: Found): Severity => (kind === 'lost-contact' && !asks ? 3 : 4);

/**
 * A new episode as an alert of the team's home. It stands at the anchor of the centre: where the team is, or was, is
 * told by frames and tracks alone, as its force releases it.
 */
export function raiseDeviation(
  found: Found,
  { id, anchor: [lng, lat], now }: { id: AlertId; anchor: readonly [number, number]; now: number },
): AlertMoved {
  const { kind, team, from, rule, device, asks } = found;
  const deviation: DeviationSeen = {
    kind,
    team: team.id,
    callSign: team.callSign,
    from,
    to: null,
    limitS: rule.afterS ?? 0,
    bound: rule.bound,
    ...(device === undefined ? {} : { device }),
    ...(asks === undefined ? {} : { asks: asks.force }),
  };
  const next: AlertRow = {
    id,
    key: `deviation:${episodeKey(team.id, kind, device)}:${id}`,
    rule: 'deviation',
    category: 'other',
    severity: severityOf(found),
    state: 'raised',
    version: 1,
    since: now,
    stateAt: now,
    until: null,
    lastCaseAt: now,
    centre: team.centre,
    parties: [team.centre],
    others: asks ? [asks.desk] : [],
    grid: null,
    lng,
    lat,
    incidents: [],
    clock: null,
    surge: null,
    deviation,
    door: null,
    seenBy: [],
    demo: team.demo,
  };
  return { next, fact: ALERT_FACTS.raise };
}

/**
 * What the liaison desk of the force that is asked says. A team that is not well is no question any more: the alert is
 * grave, and back before whoever has put it aside or done with it.
 */
export function answerQuestion(alert: AlertRow, said: QuestionAnswer, now: number): Decision<AlertMoved> {
  const { deviation } = alert;
  const legal: readonly QuestionAnswer[] =
    isOpen(alert) && deviation?.asks ? QUESTION_FLOW[deviation.answer ?? 'asked'] : [];
  if (!deviation || !legal.includes(said))
    return refuse('alert.illegal-step', { from: deviation?.answer ?? alert.state, action: said, legal });
  const answered = {
    ...alert,
    version: alert.version + 1,
    deviation: { ...deviation, answer: said, answeredAt: now },
  };
  const next: AlertRow =
    said === 'help-wanted'
      ? { ...answered, severity: HELP_WANTED, state: 'raised', stateAt: now, until: null }
      : answered;
  return accept({ next, fact: ALERT_FACTS.answer });
}
