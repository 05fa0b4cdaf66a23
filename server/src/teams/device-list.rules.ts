import {
  DEVICE_COLUMNS,
  type DeviceColumn,
  DeviceDraft,
  type ListFault,
  MAX_LISTED_DEVICES,
  parseCsv,
  type TeamId,
} from '@app/shared';

/** A line of a list of devices that can be made; `names` are what must be unique among devices in use. */
export interface ListedDevice {
  readonly line: number;
  readonly draft: DeviceDraft;
}

export interface ReadList {
  readonly devices: readonly ListedDevice[];
  readonly faults: readonly ListFault[];
}

type Fields = Readonly<Partial<Record<DeviceColumn, string>>>;

/** Call signs that a list names, in no order. */
export function callSignsOf(csv: string): string[] {
  const { rows } = rowsOf(csv);
  return [...new Set(rows.map(({ fields }) => fields.callSign ?? ''))];
}

/** Reads a list of devices (RFC 4180, comma or semicolon) line by line: everything that is wrong, not only the first. */
export function readDeviceList(csv: string, teams: ReadonlyMap<string, TeamId>): ReadList {
  const { rows, faults: shape } = rowsOf(csv);
  const faults: ListFault[] = [...shape];
  const devices: ListedDevice[] = [];
  const seen = new Set<string>();
  for (const { line, fields } of rows) {
    const found = [...faultsOf(line, fields, teams), ...twice(line, fields, seen)];
    const team = teams.get(fields.callSign ?? '');
    const { callSign: _, ...rest } = fields;
    const draft = DeviceDraft.safeParse({ ...rest, team });
    faults.push(...found);
    if (found.length === 0 && draft.success) devices.push({ line, draft: draft.data });
  }
  return { devices, faults };
}

/** Faults of lines whose terminal number or external id a device in use has. */
export function takenIn(devices: readonly ListedDevice[], taken: ReadonlySet<string>): ListFault[] {
  return devices.flatMap(({ line, draft }) =>
    (['terminal', 'externalId'] as const).flatMap((column): ListFault[] => {
      const name = draft[column];
      return name !== undefined && taken.has(name) ? [{ line, column, seen: name, why: 'taken' }] : [];
    }),
  );
}

function faultsOf(line: number, fields: Fields, teams: ReadonlyMap<string, TeamId>): ListFault[] {
  const faults: ListFault[] = [];
  const callSign = fields.callSign ?? '';
  if (!teams.has(callSign)) faults.push({ line, column: 'callSign', seen: callSign, why: 'unknown' });
  if (fields.terminal === undefined && fields.externalId === undefined)
    faults.push({ line, column: 'terminal', seen: '', why: 'malformed' });
  for (const column of DEVICE_COLUMNS) {
    const value = fields[column];
    if (column === 'callSign' || value === undefined) continue;
    if (!DeviceDraft.shape[column].safeParse(value).success)
      faults.push({ line, column, seen: value.slice(0, 80), why: 'malformed' });
  }
  return faults;
}

function twice(line: number, fields: Fields, seen: Set<string>): ListFault[] {
  return (['terminal', 'externalId'] as const).flatMap((column): ListFault[] => {
    const value = fields[column];
    if (value === undefined) return [];
    const name = `${column} ${column === 'terminal' ? value.replace(/^0+(?=\d)/, '') : value}`;
    if (seen.has(name)) return [{ line, column, seen: value, why: 'twice' }];
    seen.add(name);
    return [];
  });
}

interface Row {
  readonly line: number;
  readonly fields: Fields;
}

function rowsOf(csv: string): { rows: readonly Row[]; faults: readonly ListFault[] } {
  const records = recordsOf(csv);
  const [head, ...rest] = records ?? [];
  if (!records || !head) return { rows: [], faults: [{ line: 1, column: '', seen: '', why: 'malformed' }] };
  const columns = head.fields.map((name) => name.trim());
  const unknown = columns.filter((name) => !isColumn(name));
  const missing = columns.includes('callSign') ? [] : ['callSign'];
  const faults = [...unknown, ...missing].map((column): ListFault => {
    return { line: head.line, column, seen: column, why: unknown.includes(column) ? 'unknown' : 'malformed' };
  });
  if (rest.length > MAX_LISTED_DEVICES)
    faults.push({ line: rest.length + 1, column: '', seen: String(rest.length), why: 'malformed' });
  if (faults.length > 0) return { rows: [], faults };
  return { rows: rest.map(({ line, fields }) => ({ line, fields: fieldsOf(columns, fields) })), faults };
}

function fieldsOf(columns: readonly string[], values: readonly string[]): Fields {
  const named = columns.map((name, i) => [name, values[i]?.trim() ?? ''] as const);
  return Object.fromEntries(named.filter(([, value]) => value !== ''));
}

/** Undefined for a quote that is never closed. */
function recordsOf(csv: string): { line: number; fields: string[] }[] | undefined {
  const [first = ''] = csv.split('\n', 1);
  try {
    return [...parseCsv(csv, first.includes(';') ? ';' : ',')];
  } catch {
    return undefined;
  }
}

const isColumn = (name: string): name is DeviceColumn => (DEVICE_COLUMNS as readonly string[]).includes(name);
