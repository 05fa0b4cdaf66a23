const WEEK_MS = 7 * 86_400_000;
const QUARTER_MS = 900_000;
/** Two years of quarters of an hour. */
const MOST_KEPT = 70_000;
const zones = new Map<string, Zone>();

interface Zone {
  readonly format: Intl.DateTimeFormat;
  /** The offset by quarter of an hour: no wall clock is changed within one, and asking the calendar takes long. */
  readonly offsets: Map<number, number>;
}

/** How far the wall clock of a time zone is ahead of UTC at an instant, in ms. */
export function zoneOffsetMs(at: number, timeZone: string): number {
  const { format, offsets } = zoneOf(timeZone);
  const quarter = Math.floor(at / QUARTER_MS);
  const known = offsets.get(quarter);
  if (known !== undefined) return known;
  const offset = askOffset(at, format);
  if (offsets.size >= MOST_KEPT) offsets.clear();
  offsets.set(quarter, offset);
  return offset;
}

function zoneOf(timeZone: string): Zone {
  const known = zones.get(timeZone);
  if (known) return known;
  const zone = { format: new Intl.DateTimeFormat('en', { timeZone, ...FIELDS }), offsets: new Map() };
  zones.set(timeZone, zone);
  return zone;
}

function askOffset(at: number, format: Intl.DateTimeFormat): number {
  const told = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = told;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}

const FIELDS = {
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
} as const;

/** The instant with the same weekday and wall clock `weeks` weeks before, also across a change of summer time. */
export function weeksBefore(at: number, weeks: number, timeZone: string): number {
  const earlier = at - weeks * WEEK_MS;
  return earlier + zoneOffsetMs(at, timeZone) - zoneOffsetMs(earlier, timeZone);
}

/** Midnight of the wall clock that an instant's day began with. */
export function startOfDay(at: number, timeZone: string): number {
  const offset = zoneOffsetMs(at, timeZone);
  const midnight = Math.floor((at + offset) / 86_400_000) * 86_400_000 - offset;
  return midnight + offset - zoneOffsetMs(midnight, timeZone);
}

/** The last full hour of the wall clock. */
export function startOfHour(at: number, timeZone: string): number {
  const offset = zoneOffsetMs(at, timeZone);
  return Math.floor((at + offset) / 3_600_000) * 3_600_000 - offset;
}

/** The date of an instant on the wall calendar, as `2026-11-24`. */
export const dateOf = (at: number, timeZone: string): string =>
  new Date(at + zoneOffsetMs(at, timeZone)).toISOString().slice(0, 10);
