/** Three shifts of eight hours: morning 08–16, late 16–24, night 00–08, local time. */
const SHIFT_HOURS = 8;
const DAY_MIN = 24 * 60;
/** Handover: those who come are there a quarter of an hour before those who leave go. */
const OVERLAP_MIN = 15;

/** Minutes since local midnight of an instant (ms since 1970). */
export function localMinute(at: number, timeZone: string): number {
  const parts = formatOf(timeZone).formatToParts(at);
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  return (read('hour') % 24) * 60 + read('minute') + read('second') / 60;
}

/** Day of the week in local time, 0 = Sunday. */
export function localWeekday(at: number, timeZone: string): number {
  const day = formatOf(timeZone)
    .formatToParts(at)
    .find((part) => part.type === 'weekday')?.value;
  return ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'].indexOf(day ?? 'Sun');
}

/**
 * Whether a team is on duty: each works two of the three shifts and rests in shift `offShift` (0 night, 1 morning,
 * 2 late). It goes up to `OVERLAP_MIN` after its last shift ended and comes as long before the next begins;
 * `spread` in [0, 1) is its own place in that quarter of an hour, so that not all change at once.
 */
export function isOnDuty(minute: number, offShift: number, spread: number): boolean {
  const start = offShift * SHIFT_HOURS * 60 + spread * OVERLAP_MIN;
  const end = (offShift + 1) * SHIFT_HOURS * 60 - spread * OVERLAP_MIN;
  const since = (minute - start + DAY_MIN) % DAY_MIN;
  return since >= end - start;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  formats.set(timeZone, format);
  return format;
}
