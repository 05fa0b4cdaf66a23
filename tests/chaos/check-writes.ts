import type { Finding, FindingKind } from './check-clients.js';
import type { Write } from './history.js';
import { printOf } from './print.js';
import { type JournalRow, keyOf, type SeenItem, type Truth } from './truth.js';

/** A due time whose moment the run brought forward, so that it fires while servers die. */
export interface KeptClock {
  readonly kind: string;
  readonly incident: string;
  readonly dueAt: number;
  readonly firedAt: number | null;
}

/** What PostgreSQL holds at the end. */
export interface Kept {
  /** Rows by the key of the write that made them: incidents by report, lines of timelines by step, tracks by fix. */
  readonly rows: ReadonlyMap<string, readonly { readonly id: string; readonly version: number | null }[]>;
  readonly picture: readonly SeenItem[];
  readonly head: number;
  readonly clocks: readonly KeptClock[];
  /** Ms since 1970 when it was read. */
  readonly readAt: number;
}

/** So long after its moment a due time may still wait for a process to look. */
const LATE_MS = 5_000;

/** What a clock's firing tells: of an alert about the incident, or of the incident itself. */
const FACT_OF: Record<string, string> = {
  'incident.soon': 'alert.raised',
  'incident.overdue': 'alert.updated',
  'incident.escalates': 'incident.supervision-proposed',
};

/** Whether PostgreSQL holds every acknowledged write once, no refused one, and a journal that adds up. */
export function checkWrites(writes: readonly Write[], kept: Kept, truth: Truth): Finding[] {
  return [
    ...writes.flatMap((write) => checkWrite(write, kept, truth)),
    ...checkNumbers(kept, truth),
    ...checkFold(kept, truth),
    ...kept.clocks.flatMap((clock) => checkClock(clock, kept, truth)),
  ];
}

function checkWrite(write: Write, kept: Kept, truth: Truth): Finding[] {
  const { door, key, fate, id, version, kind } = write;
  const found = door === 'team' ? entriesOf(write, truth) : (kept.rows.get(key) ?? []);
  const about = id === null ? {} : { entity: `${kind}:${id}` };
  const find = (what: FindingKind, said: string): Finding => ({
    kind: what,
    what: `${door} ${key} was ${fate}: ${said}`,
    at: write.answeredAt ?? write.at,
    write: key,
    ...about,
  });
  if (found.length > 1) return [find('doubled', `it is there ${found.length} times`)];
  const [one] = found;
  if (fate === 'refused') return one ? [find('altered', 'it is there all the same')] : [];
  if (fate === 'unknown') return [];
  if (!one) return [find('lost', 'it is not there')];
  if (one.id !== id || (one.version !== null && one.version !== version))
    return [find('altered', `answered as ${id} v${version}, kept as ${one.id} v${one.version}`)];
  if (kind === 'device') return [];
  const told = entriesOf(write, truth).length;
  return told === 1 ? [] : [find(told === 0 ? 'lost' : 'doubled', `the journal has it ${told} times`)];
}

const entriesOf = ({ kind, id, version }: Write, truth: Truth): JournalRow[] =>
  truth.rowsOf(`${kind}:${id}`).filter((row) => row.version === version);

/** Numbers without a gap up to the head, and each version of each entity once, in order. */
function checkNumbers({ head, readAt }: Kept, { rows, checkpoints }: Truth): Finding[] {
  const findings: Finding[] = [];
  const versions = new Map<string, number>();
  let last = checkpoints[0]?.seq ?? 0;
  for (const row of rows) {
    const at = Date.parse(row.at);
    const entity = keyOf(row);
    if (row.seq !== last + 1)
      findings.push({ kind: 'lost', what: `after entry ${last} comes ${row.seq}`, at, entity });
    const before = versions.get(entity) ?? 0;
    if (row.version <= before)
      findings.push({ kind: 'doubled', what: `${entity} v${row.version} after v${before}`, at, entity });
    versions.set(entity, row.version);
    last = row.seq;
  }
  if (last !== head)
    findings.push({ kind: 'lost', what: `the head is ${head}, the last entry ${last}`, at: readAt });
  return findings;
}

/** The rows of the picture are what the journal makes of the last checkpoint, with their audiences. */
function checkFold({ picture, readAt }: Kept, { rows, checkpoints }: Truth): Finding[] {
  const from = checkpoints.at(-1);
  const items = new Map((from?.items ?? []).map((item) => [keyOf(item), item]));
  for (const { seq, kind, id, version, card, seenBy } of rows) {
    if (seq <= (from?.seq ?? 0)) continue;
    if (card) items.set(`${kind}:${id}`, { kind, id, version, card, seenBy });
    else items.delete(`${kind}:${id}`);
  }
  const findings: Finding[] = [];
  const differs = (entity: string, what: string) =>
    findings.push({ kind: 'picture', what: `row ${entity} ${what}`, at: readAt, entity });
  for (const item of picture) {
    const right = items.get(keyOf(item));
    if (!right) differs(keyOf(item), 'is not in the journal');
    else if (printSeen(right) !== printSeen(item)) differs(keyOf(item), 'is not what the journal says');
    items.delete(keyOf(item));
  }
  for (const entity of items.keys()) differs(entity, 'is missing');
  return findings;
}

const printSeen = ({ version, card, seenBy }: SeenItem): string =>
  printOf({ version, card, seenBy: [...seenBy].sort() });

/** A due time that has come fires once, and what it does is told once. */
function checkClock({ kind, incident, dueAt, firedAt }: KeptClock, kept: Kept, { rows }: Truth): Finding[] {
  const entity = `incident:${incident}`;
  const find = (what: string): Finding => ({ kind: 'clock', what: `${kind} ${what}`, at: dueAt, entity });
  if (firedAt === null) return dueAt + LATE_MS < kept.readAt ? [find('was due and did not fire')] : [];
  const told = rows.filter(({ fact, id, card }) => {
    const incidents = card?.['incidents'];
    const isAbout = id === incident || (Array.isArray(incidents) && incidents.includes(incident));
    return fact === FACT_OF[kind] && isAbout;
  });
  return told.length === 1 ? [] : [find(`fired, and was told ${told.length} times`)];
}
