import type { CalendarDay, CalendarFile } from '@app/shared';
import { accept, type Decision, refuse } from '../platform/decision.js';

/** Words for the two kinds, as notices of the State Council and common spreadsheets have them. */
const KINDS: Readonly<Record<string, CalendarDay['kind']>> = {
  holiday: 'holiday',
  休: 'holiday',
  休息: 'holiday',
  放假: 'holiday',
  节假日: 'holiday',
  workday: 'workday',
  班: 'workday',
  上班: 'workday',
  补班: 'workday',
  调休上班: 'workday',
};

/** A line is a date, a kind and perhaps a name, parted by commas or tabs; a head line and empty ones are passed over. */
export function readCalendar({ year, text }: CalendarFile): Decision<CalendarDay[]> {
  const days = new Map<string, CalendarDay>();
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  for (const [index, line] of lines.entries()) {
    const [date = '', word = '', name = ''] = line.split(/[,，\t;]/).map((part) => part.trim());
    const isHead = index === 0 && !/\d/.test(date);
    if (isHead || line.trim() === '') continue;
    const seen = { line: index + 1, seen: line };
    const told = dateOf(date);
    const kind = KINDS[word.toLowerCase()];
    if (told === undefined)
      return refuse('calendar.malformed', { ...seen, wanted: 'a date such as 2026-10-01' });
    if (!told.startsWith(`${year}-`))
      return refuse('calendar.malformed', { ...seen, wanted: `a day of ${year}` });
    if (kind === undefined) return refuse('calendar.malformed', { ...seen, wanted: 'holiday or workday' });
    if (days.has(told)) return refuse('calendar.malformed', { ...seen, wanted: 'each day once' });
    days.set(told, { date: told, kind, name });
  }
  if (days.size === 0) return refuse('calendar.malformed', { wanted: 'at least one day' });
  return accept([...days.values()].sort((a, b) => (a.date < b.date ? -1 : 1)));
}

/** `2026-10-01` of that, `2026/10/1` or `20261001`; undefined for a day that no calendar has. */
function dateOf(text: string): string | undefined {
  const [, year, month, day] = /^(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})$/.exec(text) ?? [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(date) ? date : undefined;
}
