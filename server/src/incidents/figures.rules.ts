import { type Figure, type IncidentStatus, toInstant } from '@app/shared';
import { startOfDay, startOfHour, weeksBefore } from '../clocks/wall-clock.js';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
const HOURS = 24;
const MOST_WEEKS = 52;

/** Ages of open incidents, in minutes; the last band has no end. */
const AGE_BANDS = [0, 30, 120, 480, 1440] as const;

/** `from` counts, `to` no longer does; ms since 1970. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export type ListQuery = Readonly<Record<string, string>>;

/** The last 24 hours by the hour, oldest first; the last one runs until `at`. */
export function hourSpans(at: number, timeZone: string): Span[] {
  const last = startOfHour(at, timeZone);
  return Array.from({ length: HOURS }, (_, i) => {
    const from = last - (HOURS - 1 - i) * HOUR_MS;
    return { from, to: i === HOURS - 1 ? at : from + HOUR_MS };
  });
}

/** From midnight of the wall clock until `at`. */
export const todaySpan = (at: number, timeZone: string): Span => ({ from: startOfDay(at, timeZone), to: at });

/** The same weekday and hours of the weeks before, newest first, as far back as the record reaches; at most 52. */
export function spansBefore({ from, to }: Span, firstAt: number | null, timeZone: string): Span[] {
  if (firstAt === null) return [];
  const spans: Span[] = [];
  for (let week = 1; week <= MOST_WEEKS; week++) {
    const earlier = { from: weeksBefore(from, week, timeZone), to: weeksBefore(to, week, timeZone) };
    if (earlier.from < firstAt) break;
    spans.push(earlier);
  }
  return spans;
}

/** How many sorted instants lie in a span. */
export const countIn = (sorted: readonly number[], { from, to }: Span): number =>
  Math.max(0, lowerBound(sorted, to) - lowerBound(sorted, from));

/** A quantile by linear interpolation (type 7 of Hyndman and Fan), to nine decimals; null of nothing. */
export function quantile(values: readonly number[], part: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * part;
  const low = sorted[Math.floor(at)];
  const high = sorted[Math.ceil(at)];
  if (low === undefined || high === undefined) return null;
  return Math.round((low + (high - low) * (at - Math.floor(at))) * 1e9) / 1e9;
}

/** A value beside the median and the tenth and ninetieth percentile of what earlier weeks gave. */
export function figureOf(
  value: number | null,
  earlier: readonly number[],
  { span, list, count }: { span: Span; list: ListQuery; count: number },
): Figure {
  return {
    value,
    usual: quantile(earlier, 0.5),
    low: quantile(earlier, 0.1),
    high: quantile(earlier, 0.9),
    weeks: earlier.length,
    from: toInstant(span.from),
    to: toInstant(span.to),
    list,
    count,
  };
}

/** One thing that was done, against its limit. Times in ms since 1970. */
export interface Done {
  readonly at: number;
  readonly minutes: number;
  /** Null where no clock ran. */
  readonly inTime: boolean | null;
}

/** Median minutes of what was done in a span; null when nothing was. */
export const medianMinutes = (done: readonly Done[]): number | null =>
  quantile(
    done.map(({ minutes }) => minutes),
    0.5,
  );

/** Part that was in time, of what had a clock; null when nothing had. */
export function shareInTime(done: readonly Done[]): number | null {
  const timed = done.filter(({ inTime }) => inTime !== null);
  return timed.length === 0 ? null : timed.filter(({ inTime }) => inTime).length / timed.length;
}

export interface AgeCell {
  readonly status: IncidentStatus;
  readonly fromMinutes: number;
  readonly toMinutes: number | null;
  readonly count: number;
  readonly list: ListQuery;
}

/** Open incidents by status and age at `at`, empty cells left out; each with the query of its list. */
export function ageCells(
  open: readonly { status: IncidentStatus; occurredAt: number }[],
  at: number,
  list: ListQuery,
): AgeCell[] {
  const statuses = [...new Set(open.map(({ status }) => status))];
  return statuses.flatMap((status) =>
    AGE_BANDS.flatMap((fromMinutes, band): AgeCell[] => {
      const toMinutes = AGE_BANDS[band + 1] ?? null;
      // An age of `fromMinutes` counts: what happened at that very moment lies inside, so the border is one ms later.
      const until = fromMinutes === 0 ? null : at - fromMinutes * 60_000 + 1;
      const since = toMinutes === null ? null : at - toMinutes * 60_000 + 1;
      const count = open.filter(
        (one) =>
          one.status === status &&
          (until === null || one.occurredAt < until) &&
          (since === null || one.occurredAt >= since),
      ).length;
      if (count === 0) return [];
      const bounds = {
        ...(since === null ? {} : { since: toInstant(since) }),
        ...(until === null ? {} : { until: toInstant(until) }),
      };
      return [{ status, fromMinutes, toMinutes, count, list: { ...list, status, ...bounds } }];
    }),
  );
}

function lowerBound(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? Infinity) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
