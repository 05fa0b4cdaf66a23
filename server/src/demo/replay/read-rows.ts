import { Lat, Lng, type LngLat, parseCsv, toWgs84 } from '@app/shared';
import type { Mapping } from './mapping.js';
import { parseClock } from './parse-clock.js';
import {
  RECORDED_STEPS,
  type Recorded,
  type RecordedReport,
  type RecordedStep,
  type Recording,
  UNIT_STEPS,
  type Unread,
} from './recorded.js';

/** One line of the file by the names of its columns; an absent value is empty. */
type Fields = (column: string | undefined) => string;

/**
 * Reads a recording: what it tells in the order of the file (by time when a row holds several steps), and the lines
 * that could not be understood. Later reports and acceptances of a call are the same ones told again.
 */
export function readRows(text: string, mapping: Mapping): Recording {
  const rows: Recorded[] = [];
  const unread: Unread[] = [];
  const told = new Set<string>();
  for (const { line, fields } of mapping.format === 'csv'
    ? csvLines(text, mapping.delimiter)
    : jsonLines(text)) {
    if (typeof fields === 'string') {
      unread.push({ line, reason: fields });
      continue;
    }
    for (const row of rowsOf(fields, line, mapping)) {
      if ('reason' in row) unread.push(row);
      else if (UNIT_STEPS.has(row.step)) rows.push(row);
      else if (!told.has(`${row.call} ${row.step}`)) {
        told.add(`${row.call} ${row.step}`);
        rows.push(row);
      }
    }
  }
  if (mapping.times) rows.sort((a, b) => a.at - b.at || orderOf(a.step) - orderOf(b.step));
  return { rows, unread };
}

const orderOf = (step: RecordedStep): number => RECORDED_STEPS.indexOf(step);

function* jsonLines(text: string): Generator<{ line: number; fields: Fields | string }> {
  for (const [index, written] of text.split('\n').entries()) {
    if (written.trim() === '') continue;
    yield { line: index + 1, fields: jsonFields(written) };
  }
}

function jsonFields(written: string): Fields | string {
  try {
    const record: unknown = JSON.parse(written);
    if (typeof record !== 'object' || record === null || Array.isArray(record)) return 'no JSON object';
    const values = new Map(Object.entries(record));
    return (column) => {
      const value: unknown = column === undefined ? undefined : values.get(column);
      return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
    };
  } catch {
    return 'no JSON';
  }
}

function* csvLines(text: string, delimiter: string): Generator<{ line: number; fields: Fields | string }> {
  let columns: Map<string, number> | undefined;
  for (const { line, fields } of parseCsv(text, delimiter)) {
    if (!columns) {
      columns = new Map(fields.map((name, i) => [name.trim(), i]));
      continue;
    }
    const known = columns;
    yield { line, fields: (column) => fields[known.get(column ?? '') ?? -1] ?? '' };
  }
}

function rowsOf(fields: Fields, line: number, mapping: Mapping): (Recorded | Unread)[] {
  const { columns, kinds, times } = mapping;
  if (fields(columns.call) === '') return [{ line, reason: `no ${columns.call}` }];
  if (kinds) {
    const kind = fields(columns.kind);
    const step = kinds[kind];
    if (!step) return [{ line, reason: `unknown ${columns.kind ?? 'kind'} ${JSON.stringify(kind)}` }];
    return [rowOf(fields, line, mapping, { step, column: columns.time ?? '' })];
  }
  return RECORDED_STEPS.flatMap((step) => {
    const column = times?.[step];
    return column !== undefined && fields(column) !== ''
      ? [rowOf(fields, line, mapping, { step, column })]
      : [];
  });
}

function rowOf(
  fields: Fields,
  line: number,
  mapping: Mapping,
  { step, column }: { step: RecordedStep; column: string },
): Recorded | Unread {
  const { columns, clock, mode } = mapping;
  const at = parseClock(fields(column), clock);
  if (at === undefined) return { line, reason: `no time in ${column}: ${JSON.stringify(fields(column))}` };
  const unit = UNIT_STEPS.has(step) ? fields(columns.unit) : '';
  if (UNIT_STEPS.has(step) && unit === '')
    return { line, reason: `no ${columns.unit ?? 'unit'} for ${step}` };
  const report = step === 'report' ? reportOf(fields, mapping) : null;
  if (typeof report === 'string') return { line, reason: report };
  return {
    line,
    call: fields(columns.call),
    step,
    at,
    unit: unit || null,
    mode: chosen(fields, mode),
    report,
  };
}

function reportOf(fields: Fields, mapping: Mapping): RecordedReport | string {
  const { columns, datum } = mapping;
  const place = placeOf(fields(columns.lng), fields(columns.lat));
  if (!place)
    return `no place: ${columns.lng} ${JSON.stringify(fields(columns.lng))}, ${columns.lat} ${JSON.stringify(fields(columns.lat))}`;
  const text = columns.text.flatMap(({ column, label }) => {
    const value = fields(column).trim();
    return value === '' ? [] : [label === '' ? value : `${label} ${value}`];
  });
  return {
    place: toWgs84(...place, datum),
    label: fields(columns.place).trim().slice(0, 120) || null,
    area: fields(columns.area).trim() || null,
    category: chosen(fields, mapping.category),
    severity: chosen(fields, mapping.severity),
    source: chosen(fields, mapping.source),
    text: text.join(' · '),
  };
}

function placeOf(lng: string, lat: string): LngLat | undefined {
  if (lng.trim() === '' || lat.trim() === '') return undefined;
  const [x, y] = [Lng.safeParse(Number(lng)), Lat.safeParse(Number(lat))];
  return x.success && y.success ? [x.data, y.data] : undefined;
}

const chosen = <T>(
  fields: Fields,
  { column, values, fallback }: { column?: string | undefined; values: Record<string, T>; fallback: T },
): T => (column === undefined ? fallback : (values[fields(column)] ?? fallback));
