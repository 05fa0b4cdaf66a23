import { DAILY_LEVEL, type DutyLevelCard, effectiveLevel, type Id, toMs, underTerms } from '@app/shared';
import type { CheckpointRow } from './ground.table.js';
import { wallInstant } from './shift-plan.rules.js';

/** Ms since 1970. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const DAY_MS = 86_400_000;

/** The levels that bound a shift's centre at some time in it. */
export interface BindingLevels {
  /** The centre and its ancestors, deepest first. */
  readonly lineage: readonly Id[];
  /** From their beginning to their end, whether lifted or over. */
  readonly levels: readonly DutyLevelCard[];
}

/**
 * The windows in which a shift owes a visit to a checkpoint: its hours of the day within the shift, or the whole shift,
 * cut into as many equal parts as the level asks for. A raised level asks for what is still to come: the parts of daily
 * duty that do not touch it stay as they were.
 */
export function visitWindows(
  { visits, windows }: Pick<CheckpointRow, 'visits' | 'windows'>,
  shift: Span,
  { lineage, levels }: BindingLevels,
  timeZone: string,
): Span[] {
  const hours = windows.length === 0 ? [shift] : hoursWithin(windows, shift, timeZone);
  return hours.flatMap((span, index) => {
    const share = (count: number) => shareOf(count, hours.length, index);
    const daily = cut(span, share(visits[DAILY_LEVEL]));
    const binding = levels.filter((level) => touches(span, spanOf(level)));
    const held = effectiveLevel(
      lineage,
      binding.map((level) => ({ ...level, state: 'active' as const })),
    );
    const { set } = held;
    if (!set) return daily;
    const count = visits[held.level] ?? underTerms(visits[DAILY_LEVEL], held.terms.visitsPct);
    const raised = cut(span, share(count)).filter((part) => touches(part, spanOf(set)));
    return [...daily.filter((part) => !touches(part, spanOf(set))), ...raised];
  });
}

const spanOf = ({ from, to }: DutyLevelCard): Span => ({ from: toMs(from), to: toMs(to) });
const touches = (a: Span, b: Span): boolean => a.from < b.to && b.from < a.to;

/** Visits dealt out over some hours of the day: the earlier ones get what is left over, none goes without. */
function shareOf(count: number, hours: number, index: number): number {
  if (count === 0) return 0;
  return Math.max(1, Math.floor(count / hours) + (index < count % hours ? 1 : 0));
}

function cut({ from, to }: Span, parts: number): Span[] {
  const edge = (i: number) => Math.round(from + ((to - from) * i) / parts);
  return Array.from({ length: parts }, (_, i) => ({ from: edge(i), to: edge(i + 1) }));
}

function hoursWithin(windows: CheckpointRow['windows'], shift: Span, timeZone: string): Span[] {
  const spans: Span[] = [];
  for (let at = shift.from - DAY_MS; at < shift.to + DAY_MS; at += DAY_MS) {
    const day = new Date(at).toISOString().slice(0, 10);
    for (const window of windows) {
      const [from, to] = [minuteOf(window.from), minuteOf(window.to)];
      const end = to > from ? to : to + 1440;
      const span = {
        from: Math.max(shift.from, wallInstant(day, 0, from, timeZone)),
        to: Math.min(shift.to, wallInstant(day, 0, end, timeZone)),
      };
      if (span.from < span.to) spans.push(span);
    }
  }
  return spans.sort((a, b) => a.from - b.from);
}

function minuteOf(wall: string): number {
  const [hour = 0, minute = 0] = wall.split(':').map(Number);
  return hour * 60 + minute;
}
