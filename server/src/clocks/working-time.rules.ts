import type { TimeKind } from '@app/shared';
import { dateOf, startOfDay, zoneOffsetMs } from './wall-clock.js';

/** Minutes of the day from which and until which a span of work lasts. */
type WorkSpan = readonly [from: number, until: number];

/** Which days are worked on, and when: Monday to Friday, but for days that are said to be otherwise. */
export interface WorkCalendar {
  readonly timeZone: string;
  /** By date, such as `2026-10-01`: `holiday` is not worked on, `workday` is, whatever day of the week it is. */
  readonly days: ReadonlyMap<string, 'holiday' | 'workday'>;
  readonly hours: readonly WorkSpan[];
}

const MINUTE = 60_000;
const DAY = 86_400_000;
/** A clock that finds so many days without work in a row stands still for a mistake in the calendar, and runs on. */
const MOST_DAYS_OFF = 60;

const isWorkday = (date: string, { days }: WorkCalendar): boolean => {
  const told = days.get(date);
  if (told !== undefined) return told === 'workday';
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekday >= 1 && weekday <= 5;
};

/** When a clock of a kind runs within the day that begins at `dawn`: spans of ms since 1970. */
function spansOf(
  kind: TimeKind,
  dawn: number,
  calendar: WorkCalendar,
): readonly (readonly [number, number])[] {
  const next = dawnAfter(dawn, calendar);
  if (kind === 'emergency' || kind === 'days') return [[dawn, next]];
  if (!isWorkday(dateOf(dawn, calendar.timeZone), calendar)) return [];
  if (kind === 'workdays') return [[dawn, next]];
  return calendar.hours.map(([from, until]) => [
    atMinute(dawn, from, calendar),
    atMinute(dawn, until, calendar),
  ]);
}

/**
 * The instant at which a clock that starts at `at` has run for `amountMs`. A day of `days` and `workdays` is 24 hours,
 * so that what starts on a Friday at three ends on the next workday at three.
 */
export function runOn(at: number, amountMs: number, kind: TimeKind, calendar: WorkCalendar): number {
  if (kind === 'emergency') return at + amountMs;
  let left = amountMs;
  let daysOff = 0;
  for (let dawn = startOfDay(at, calendar.timeZone); ; dawn = dawnAfter(dawn, calendar)) {
    const spans = spansOf(kind, dawn, calendar);
    daysOff = spans.length === 0 ? daysOff + 1 : 0;
    if (daysOff > MOST_DAYS_OFF) return Math.max(at, dawn) + left;
    for (const [from, until] of spans) {
      const since = Math.max(from, at);
      if (until <= since) continue;
      if (left <= until - since) return since + left;
      left -= until - since;
    }
  }
}

/** How long a clock runs between two instants, in ms; 0 where the second is not later. */
export function ranBetween(from: number, to: number, kind: TimeKind, calendar: WorkCalendar): number {
  if (to <= from) return 0;
  if (kind === 'emergency') return to - from;
  let ran = 0;
  for (let dawn = startOfDay(from, calendar.timeZone); dawn < to; dawn = dawnAfter(dawn, calendar))
    for (const [since, until] of spansOf(kind, dawn, calendar))
      ran += Math.max(0, Math.min(until, to) - Math.max(since, from));
  return ran;
}

/** Minutes of the day by the wall clock, also on a day on which that clock is changed. */
function atMinute(dawn: number, minute: number, { timeZone }: WorkCalendar): number {
  const at = dawn + minute * MINUTE;
  return at + zoneOffsetMs(dawn, timeZone) - zoneOffsetMs(at, timeZone);
}

const dawnAfter = (dawn: number, { timeZone }: WorkCalendar): number =>
  startOfDay(dawn + DAY + DAY / 2, timeZone);
