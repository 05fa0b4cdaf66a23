import type { AlertId, Category, CentreId, IncidentId, Severity } from '@app/shared';
import { ALERT_FACTS, type AlertMoved, isOpen } from './alert.rules.js';
import type { AlertRow, SurgeSeen } from './alert.table.js';
import { poissonTail } from './poisson.js';

/** Parameters of the surge rule, as the method page tells them. */
export const SURGE = {
  windowHours: 6,
  historyWeeks: 52,
  leastObserved: 3,
  chanceBelow: 1e-4,
  graveChanceBelow: 1e-7,
  /** A prior worth half a case in one week: what was never seen is rare, not impossible. */
  priorCases: 0.5,
  priorWeeks: 1,
} as const;

const WEEK_MS = 7 * 86_400_000;

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Reports by citizens of one category in one grid, in order of time. Times in ms since 1970. */
export interface Cases {
  readonly category: Category;
  readonly grid: string;
  readonly incidents: readonly IncidentId[];
  readonly firstAt: number;
  readonly lastAt: number;
  readonly demo: boolean;
}

/** What the same span of the weeks before had, all together. */
export interface History {
  readonly cases: number;
  readonly weeks: number;
}

export interface Judgement {
  readonly surge: SurgeSeen;
  /** Null: not rare enough to tell anybody. */
  readonly severity: Severity | null;
}

/** Whole weeks of history before an instant, at most 52. Times in ms since 1970. */
export const weeksOfHistory = (firstAt: number, from: number): number =>
  Math.max(0, Math.min(SURGE.historyWeeks, Math.floor((from - firstAt) / WEEK_MS)));

/**
 * What the same hours of the same weekday usually give: the mean over `weeks` weeks with `cases` in all, drawn to the
 * prior: (cases + 0.5) / (weeks + 1), the mean of a Gamma posterior.
 */
export const expectedCases = ({ cases, weeks }: History): number =>
  (cases + SURGE.priorCases) / (weeks + SURGE.priorWeeks);

/** Observed against expected, the chance of as many or more, and whether that is worth an alert. */
export function judge({ incidents }: Cases, history: History, { from, to }: Span): Judgement {
  const observed = incidents.length;
  const expected = expectedCases(history);
  const chance = poissonTail(observed, expected);
  const isSurge = history.weeks > 0 && observed >= SURGE.leastObserved && chance < SURGE.chanceBelow;
  return {
    surge: { observed, expected, from, to, historyDays: history.weeks * 7, chance },
    severity: isSurge ? (chance < SURGE.graveChanceBelow ? 2 : 3) : null,
  };
}

/** Where an alert about a grid stands. */
export interface GridSite {
  readonly id: AlertId;
  readonly centre: CentreId;
  readonly lng: number;
  readonly lat: number;
}

/** An alert about a surge; `date` (of its first case) makes its key one episode's. */
export function raiseSurge(
  cases: Cases,
  { surge, severity }: { surge: SurgeSeen; severity: Severity },
  { site, date, now }: { site: GridSite; date: string; now: number },
): AlertMoved {
  const next: AlertRow = {
    ...site,
    key: `surge:${cases.category}:${cases.grid}:${date}`,
    rule: 'surge',
    category: cases.category,
    severity,
    state: 'raised',
    version: 1,
    since: cases.firstAt,
    stateAt: now,
    until: null,
    lastCaseAt: cases.lastAt,
    parties: [site.centre],
    others: [],
    grid: cases.grid,
    incidents: [...cases.incidents],
    clock: null,
    surge,
    deviation: null,
    door: null,
    seenBy: [],
    demo: cases.demo,
  };
  return { next, fact: ALERT_FACTS.raise };
}

/** Whether an episode has a case that its alert does not name. */
export const hasGrown = ({ incidents }: AlertRow, cases: Cases): boolean =>
  cases.incidents.some((id) => !incidents.includes(id));

/** More cases of the episode that an open alert stands for: it never becomes milder. Undefined when nothing is new. */
export function growSurge(
  alert: AlertRow,
  cases: Cases,
  { surge, severity }: Judgement,
): AlertMoved | undefined {
  if (!isOpen(alert) || !hasGrown(alert, cases)) return undefined;
  const next: AlertRow = {
    ...alert,
    severity: severity !== null && severity < alert.severity ? severity : alert.severity,
    lastCaseAt: Math.max(alert.lastCaseAt, cases.lastAt),
    incidents: [...cases.incidents],
    surge,
    version: alert.version + 1,
  };
  return { next, fact: ALERT_FACTS.update };
}
