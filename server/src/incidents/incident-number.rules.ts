/**
 * What the number of an incident begins with, such as 嘉综〔2026〕, and the year in it: the year of the report on the
 * calendar of the city.
 */
export function numberHead(
  prefix: string,
  occurredAt: number,
  timeZone: string,
): { year: number; head: string } {
  const year = yearIn(occurredAt, timeZone);
  return { year, head: `${prefix}〔${year}〕` };
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The year on the calendar of a time zone; formats are dear to make and kept. */
function yearIn(at: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (!format) formats.set(timeZone, (format = new Intl.DateTimeFormat('en', { year: 'numeric', timeZone })));
  return Number(format.format(at));
}
