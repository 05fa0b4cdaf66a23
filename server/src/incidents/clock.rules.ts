import { type ClockRule, clockRuleFor, type ClockStage, SOON_SHARE, UNIT_MS } from '@app/shared';
import { runOn } from '../clocks/working-time.rules.js';
import type { AssignmentRow, IncidentRow } from './incident.table.js';
import { heirOf, type Rulebook } from './rulebook.js';

export interface RunningClock {
  readonly dueStage: ClockStage | null;
  readonly dueAt: number | null;
  readonly soonAt: number | null;
}

/** A due time, and when it begins to count as about to be overdue; ms since 1970. */
export interface Term {
  readonly dueAt: number;
  readonly soonAt: number;
}

export const NO_CLOCK: RunningClock = { dueStage: null, dueAt: null, soonAt: null };

const THERE = ['arrived', 'transporting', 'delivered'] as const;

/** When a team was there: told, or concluded from what cannot happen before. Undefined: not yet. */
export function presenceOf({ times }: Pick<AssignmentRow, 'times'>): number | undefined {
  const told = THERE.map((step) => times[step]).filter((at) => at !== undefined);
  return told.length > 0 ? Math.min(...told) : undefined;
}

/**
 * The stage that an incident is in. The arrival clock runs from the first dispatch until somebody was there, or until
 * all teams have cleared without; then it is handled.
 */
export function stageOf(
  status: IncidentRow['status'],
  assignments: readonly Pick<AssignmentRow, 'times' | 'endedAt'>[],
): ClockStage | null {
  if (status === 'reported') return 'accept';
  if (status === 'accepted') return 'dispatch';
  if (status === 'handled') return 'verify';
  if (status !== 'dispatched' && status !== 'handling') return null;
  if (assignments.some((assignment) => presenceOf(assignment) !== undefined)) return 'handle';
  const isOver = assignments.every(({ endedAt }) => endedAt !== null);
  return isOver && assignments.some(({ times }) => times.cleared !== undefined) ? 'handle' : 'arrive';
}

type Subject = Pick<IncidentRow, 'category' | 'severity' | 'centre'>;

/** The rule for a stage at the level of a centre. */
export function ruleFor(
  book: Rulebook,
  stage: ClockStage,
  { category, severity, centre }: Subject,
): ClockRule | undefined {
  const level = book.tree.get(heirOf(book.tree, centre))?.level ?? '';
  return clockRuleFor(book.clockRules, stage, { level, category, severity });
}

/** When a limit that starts now runs out; `leftMs` where only that much of it is left. Undefined where none runs. */
export function termFrom(
  book: Rulebook,
  rule: Pick<ClockRule, 'kind' | 'value'> | undefined,
  now: number,
  leftMs?: number,
): Term | undefined {
  if (!rule) return undefined;
  const wholeMs = rule.value * UNIT_MS[rule.kind];
  const runMs = leftMs ?? wholeMs;
  const soonMs = Math.max(0, runMs - wholeMs * SOON_SHARE);
  const at = (ms: number) => runOn(now, ms, rule.kind, book.calendar);
  return { dueAt: at(runMs), soonAt: at(soonMs) };
}

/** The clock of a stage that starts at `now` (ms), or none where the city has no limit for it. */
export function startClock(book: Rulebook, stage: ClockStage, incident: Subject, now: number): RunningClock {
  const term = termFrom(book, ruleFor(book, stage, incident), now);
  return term ? { dueStage: stage, ...term } : NO_CLOCK;
}
