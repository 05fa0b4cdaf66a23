/** The wall clock of a zone at an instant, as a field for date and time writes it: `2026-11-24T08:05`. */
export function wallTimeOf(ms: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return parts.format(ms).replace(' ', 'T');
}

/** The instant (ms since 1970) at which the clock of a zone shows this; NaN for no time. */
export function instantOf(wallTime: string, timeZone: string): number {
  // An engine that is given less than a date guesses one.
  const asUtc = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(wallTime) ? Date.parse(`${wallTime}:00Z`) : Number.NaN;
  if (Number.isNaN(asUtc)) return Number.NaN;
  // Twice: the offset may change between the first guess and the instant.
  const aheadOf = (ms: number) => Date.parse(`${wallTimeOf(ms, timeZone)}:00Z`) - ms;
  const guess = asUtc - aheadOf(asUtc);
  return asUtc - aheadOf(guess);
}

/** As a person reads it: `2026-11-24 08:05`. */
export const writtenWallTime = (wallTime: string): string => wallTime.replace('T', ' ');

/** What a person typed as `wallTimeOf` writes it; empty where that is no time of a calendar. */
export function readWallTime(typed: string): string {
  const found = /^(\d{4})[-/.](\d\d?)[-/.](\d\d?)[ T]+(\d\d?)[:：](\d\d)$/.exec(typed.trim());
  if (!found) return '';
  const [year = '', ...rest] = found.slice(1);
  const [month, day, hour, minute] = rest.map((part) => part.padStart(2, '0'));
  const wallTime = `${year}-${month}-${day}T${hour}:${minute}`;
  const asUtc = new Date(`${wallTime}:00Z`);
  // An engine turns 31 February into a day of March.
  return !Number.isNaN(asUtc.getTime()) && asUtc.toISOString().startsWith(wallTime) ? wallTime : '';
}

/** Up to which caret position each part of a written time goes. */
const PART_ENDS = [4, 7, 10, 13, 16] as const;

/** The written time with the part at the caret one more or less; undefined where it is no whole time. */
export function steppedWallTime(typed: string, caret: number, by: 1 | -1): string | undefined {
  const wallTime = readWallTime(typed);
  if (wallTime === '') return undefined;
  const at = new Date(`${wallTime}:00Z`);
  const part = PART_ENDS.findIndex((end) => caret <= end);
  const days = new Date(
    Date.UTC(at.getUTCFullYear() + (part === 0 ? by : 0), at.getUTCMonth() + (part === 1 ? by : 0) + 1, 0),
  );
  if (part <= 1)
    at.setUTCFullYear(
      days.getUTCFullYear(),
      days.getUTCMonth(),
      Math.min(at.getUTCDate(), days.getUTCDate()),
    );
  else at.setTime(at.getTime() + by * (part === 2 ? 86_400_000 : part === 3 ? 3_600_000 : 60_000));
  return writtenWallTime(at.toISOString().slice(0, 16));
}
