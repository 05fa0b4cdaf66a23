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
