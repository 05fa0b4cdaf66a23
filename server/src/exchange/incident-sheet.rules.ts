import { type Centre, type Language, nameIn, sentName } from '@app/shared';
import { zoneOffsetMs } from '../clocks/wall-clock.js';
import type { IncidentState } from '../incidents/incident-step.js';
import { maskOf } from '../incidents/label.rules.js';
import { FILE_WORDS, type FileWords } from './words.js';

/** A cell: text, a number, or an instant on the wall clock of the city (ms since 1970, as if that clock were UTC). */
export type Cell = string | number | { readonly wallMs: number } | null;

export interface SheetOf {
  readonly language: Language;
  readonly timeZone: string;
  readonly centreOf: (id: string) => Centre | undefined;
}

type ColumnKey = keyof FileWords['column'];
type Column = (state: IncidentState, words: FileWords, of: SheetOf) => Cell;

const at =
  (pick: (state: IncidentState) => number | null): Column =>
  (state, _words, { timeZone }) => {
    const ms = pick(state);
    return ms === null ? null : { wallMs: ms + zoneOffsetMs(ms, timeZone) };
  };

const centre =
  (pick: (state: IncidentState) => string): Column =>
  (state, _words, { centreOf, language }) => {
    const found = centreOf(pick(state));
    return found ? nameIn(found.names, language) : '';
  };

/** The columns of a list of incidents, in their order. */
const COLUMNS: Readonly<Record<ColumnKey, Column>> = {
  number: ({ incident }) => incident.number,
  category: ({ incident }, words) => words.category[incident.category],
  severity: ({ incident }, words) =>
    `${words.severityLevel[incident.severity]} ${words.severity[incident.severity]}`,
  status: ({ incident }, words) => words.status[incident.status],
  centre: centre(({ incident }) => incident.centre),
  origin: centre(({ incident }) => incident.origin),
  grid: ({ incident }) => incident.grid,
  place: ({ incident }) => incident.place,
  lng: ({ incident }) => incident.lng,
  lat: ({ incident }) => incident.lat,
  source: ({ incident }, words) => words.source[incident.source],
  occurred: at(({ incident }) => incident.occurredAt),
  recorded: at(({ incident }) => incident.recordedAt),
  accepted: at(({ incident }) => incident.acceptedAt),
  dispatched: at(({ incident }) => incident.dispatchedAt),
  arrived: at(({ incident }) => incident.arrivedAt),
  handled: at(({ incident }) => incident.handledAt),
  closed: at(({ incident }) => incident.closedAt),
  teams: ({ assignments }, words, { language }) =>
    [...new Set(assignments.map((sent) => sentName(sent, language)))].join(words.listComma),
  description: ({ incident }) => incident.description,
};

const COLUMN_KEYS = Object.keys(COLUMNS) as ColumnKey[];

export const headOf = (language: Language): string[] =>
  COLUMN_KEYS.map((key) => FILE_WORDS[language].column[key]);

export const rowOf = (state: IncidentState, of: SheetOf): Cell[] => {
  const shown = shownIn(state);
  return COLUMN_KEYS.map((key) => COLUMNS[key](shown, FILE_WORDS[of.language], of));
};

/** A file goes from hand to hand: of a sensitive incident it has what the card has. */
function shownIn(state: IncidentState): IncidentState {
  const mask = maskOf(state.incident);
  return mask ? { ...state, incident: { ...state.incident, ...mask, description: null } } : state;
}

/** What a spreadsheet would take for a formula when it opens the text. */
const FORMULA = /^[\s]*[=+\-@＝＋－＠]/;

/** Text that a spreadsheet shows as it is: one that looks like a formula gets an apostrophe before it. */
export const defused = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

/** One line of RFC 4180; instants as `2026-11-24 08:05:00`. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = typeof cell === 'string' ? defused(cell) : wallText(cell.wallMs);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const wallText = (wallMs: number): string => new Date(wallMs).toISOString().slice(0, 19).replace('T', ' ');
