import { type ClockStage, FIRST_CLOCKS, type Severity, SOON_SHARE } from '@app/shared';
import type { AssignmentRow, IncidentRow } from './incident.table.js';

export interface RunningClock {
  readonly dueStage: ClockStage | null;
  readonly dueAt: number | null;
  readonly soonAt: number | null;
}

const NO_CLOCK: RunningClock = { dueStage: null, dueAt: null, soonAt: null };

const THERE = ['arrived', 'transporting', 'delivered'] as const;

/** When a team was there: told, or concluded from what cannot happen before. Undefined: not yet. */
export function presenceOf({ times }: Pick<AssignmentRow, 'times'>): number | undefined {
  const told = THERE.map((step) => times[step]).filter((at) => at !== undefined);
  return told.length > 0 ? Math.min(...told) : undefined;
}

/**
 * The stage whose clock runs. The arrival clock runs from the first dispatch until somebody was there, or until all
 * teams have cleared without.
 */
export function stageOf(
  status: IncidentRow['status'],
  assignments: readonly Pick<AssignmentRow, 'times' | 'endedAt'>[],
): ClockStage | null {
  if (status === 'reported') return 'accept';
  if (status === 'accepted') return 'dispatch';
  if (status !== 'dispatched' && status !== 'handling') return null;
  if (assignments.some((assignment) => presenceOf(assignment) !== undefined)) return null;
  const isOver = assignments.every(({ endedAt }) => endedAt !== null);
  return isOver && assignments.some(({ times }) => times.cleared !== undefined) ? null : 'arrive';
}

/** A clock that starts at `now` (ms): its due time, and when it begins to count as about to be overdue. */
export function startClock(stage: ClockStage, severity: Severity, now: number): RunningClock {
  const limitMs = FIRST_CLOCKS[stage][severity] * 60_000;
  return { dueStage: stage, dueAt: now + limitMs, soonAt: now + limitMs * (1 - SOON_SHARE) };
}

/** The clock after a step: the same one within a stage, a new one in a new stage, none where none may start. */
export function clockAfter(
  before: RunningClock,
  stage: ClockStage | null,
  { severity, now, starts }: { severity: Severity; now: number; starts: boolean },
): RunningClock {
  const { dueStage, dueAt, soonAt } = before;
  if (stage !== null && stage === dueStage) return { dueStage, dueAt, soonAt };
  return stage === null || !starts ? NO_CLOCK : startClock(stage, severity, now);
}
