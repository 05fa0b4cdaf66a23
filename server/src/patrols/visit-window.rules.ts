import {
  DAILY_LEVEL,
  type DutyLevelCard,
  type DutyLevelNumber,
  gravestFirst,
  type Id,
  toMs,
  underTerms,
} from '@app/shared';
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
  /** From their beginning to their end, whether they hold, were lifted or are over. */
  readonly levels: readonly DutyLevelCard[];
  /** Whether the plan asks for visits under a level; one that it does not serve has a plan of its own. */
  readonly isServed?: (level: DutyLevelNumber) => boolean;
}

/** What a level, or daily duty, asks for in some hours. */
interface Layer {
  readonly span: Span;
  readonly isOver: boolean;
  readonly parts: readonly Span[];
}

/**
 * The windows in which a shift owes a visit to a checkpoint: its hours of the day within the shift, or the whole shift,
 * cut into as many equal parts as a level asks for, the gravest first. A raised level asks for what is still to come: the
 * parts of daily duty that do not touch it stay as they were. Once it is over it asks for nothing that runs on beyond
 * its end, and what it had put aside comes back where most of it is left.
 */
export function visitWindows(
  { visits, windows }: Pick<CheckpointRow, 'visits' | 'windows'>,
  shift: Span,
  { lineage, levels, isServed = () => true }: BindingLevels,
  timeZone: string,
): Span[] {
  const hours = windows.length === 0 ? [shift] : hoursWithin(windows, shift, timeZone);
  return hours.flatMap((span, index) => {
    const partsOf = (level: DutyLevelNumber, count: number) =>
      isServed(level) ? cut(span, shareOf(count, hours.length, index)) : [];
    const daily = visits[DAILY_LEVEL];
    const raised = gravestFirst(lineage, levels).map(({ level, terms, state, ...set }): Layer => {
      const parts = partsOf(level, visits[level] ?? underTerms(daily, terms.visitsPct));
      return { span: { from: toMs(set.from), to: toMs(set.to) }, isOver: state !== 'active', parts };
    });
    return owedIn([...raised, { span, isOver: false, parts: partsOf(DAILY_LEVEL, daily) }]);
  });
}

/** The parts that are owed of layers, of which each goes before those after it. */
function owedIn(layers: readonly Layer[]): Span[] {
  const owed: Span[] = [];
  for (const [index, { span, isOver, parts }] of layers.entries()) {
    const graver = layers.slice(0, index);
    const mine = parts.filter(
      (part) =>
        touches(part, span) &&
        !(isOver && part.to > span.to) &&
        !owed.some((other) => touches(other, part)) &&
        isLeft(part, parts.length, graver),
    );
    owed.push(...mine);
  }
  return owed.sort((a, b) => a.from - b.from);
}

/**
 * Whether graver levels leave a part as it was: those that hold leave none that they touch; one that is over leaves what
 * it asked for alike, and what it touched for no more than half of its time and ends after it.
 */
function isLeft(part: Span, count: number, graver: readonly Layer[]): boolean {
  const met = graver.filter(({ span }) => touches(part, span));
  if (met.some(({ isOver }) => !isOver)) return false;
  const others = met.filter(({ parts }) => parts.length !== count);
  const heldMs = others.reduce(
    (sum, { span }) => sum + Math.min(part.to, span.to) - Math.max(part.from, span.from),
    0,
  );
  return others.every(({ span }) => span.to < part.to) && 2 * heldMs <= part.to - part.from;
}

export const touches = (a: Span, b: Span): boolean => a.from < b.to && b.from < a.to;

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
