/**
 * What the number of an incident begins with, such as 嘉综〔2026〕, and the year in it: the year of the report on the
 * calendar of the city.
 */
export function numberHead(
  prefix: string,
  occurredAt: number,
  timeZone: string,
): { year: number; head: string } {
  const year = Number(new Intl.DateTimeFormat('en', { year: 'numeric', timeZone }).format(occurredAt));
  return { year, head: `${prefix}〔${year}〕` };
}
