import type { Id, Kind, ScopeId } from '@app/shared';
import type { Entry, Head, PictureRow } from './pictures.js';

/** One connection that answers statements; a pool of one, or a transaction. */
export interface Asks {
  query(sql: string, parameters?: unknown[]): Promise<unknown[]>;
}

interface EntryRow extends Omit<Entry, 'at' | 'seenBy' | 'leftBy'> {
  readonly at: Date;
  readonly seenBy: string;
  readonly leftBy: string;
}

// Audiences as one text: the driver's own reading of an array costs more than the query.
const ENTRY = `
  e.seq, e.mark, e.at, e.tree, e.fact, e.kind, e.id, e.version, e.card,
  array_to_string(e.seen_by, ',') as "seenBy", array_to_string(e.left_by, ',') as "leftBy", e.site, e.schema`;

const toEntry = (row: EntryRow): Entry => ({
  ...row,
  at: row.at.getTime(),
  seenBy: scopesOf(row.seenBy),
  leftBy: scopesOf(row.leftBy),
});
const scopesOf = (text: string): ScopeId[] => (text === '' ? [] : text.split(','));

/**
 * The head, the mark that the entry `seq` has now, and the entries after it; seen in one statement, so that they
 * belong together.
 */
export async function readAfter(
  from: Asks,
  seq: number,
  limit: number,
): Promise<{ head: Head; mark: number | null; entries: Entry[] }> {
  const rows = (await from.query(
    `select c.seq as "headSeq", c.mark as "headMark", c.tree as "headTree",
            (select mark from journal where journal.seq = $1) as "atMark", ${ENTRY}
       from counter c
       left join lateral (select * from journal where journal.seq > $1 order by journal.seq limit $2) e on true
      order by e.seq`,
    [seq, limit],
  )) as (EntryRow & HeadColumns)[];
  const [first] = rows;
  if (!first) throw new Error('the counter row is gone');
  const head = { seq: first.headSeq, mark: first.headMark, tree: first.headTree };
  return { head, mark: first.atMark, entries: rows.filter((row) => row.seq !== null).map(withoutHead) };
}

interface HeadColumns {
  readonly headSeq: number;
  readonly headMark: number;
  readonly headTree: number;
  readonly atMark: number | null;
}

const withoutHead = ({
  headSeq: _seq,
  headMark: _mark,
  headTree: _tree,
  atMark: _at,
  ...row
}: EntryRow & HeadColumns): Entry => toEntry(row);

/** What a scope was told after `seq` and up to `upTo`, in order; at most `limit` entries. */
export async function readScope(
  from: Asks,
  scope: ScopeId,
  between: { after: number; upTo: number; limit: number },
): Promise<Entry[]> {
  const rows = (await from.query(
    // The bounds stand twice, so that a merge never reads the journal from its beginning.
    `select ${ENTRY} from journal_scope s join journal e on e.seq = s.seq and e.seq > $2 and e.seq <= $3
      where s.scope = $1 and s.seq > $2 and s.seq <= $3 order by s.seq limit $4`,
    [scope, between.after, between.upTo, between.limit],
  )) as EntryRow[];
  return rows.map(toEntry);
}

/** The entry with this number, or undefined. */
export async function readEntry(from: Asks, seq: number): Promise<Entry | undefined> {
  const rows = (await from.query(`select ${ENTRY} from journal e where e.seq = $1`, [seq])) as EntryRow[];
  return rows.map(toEntry)[0];
}

/** The whole picture with the head it belongs to; run inside one repeatable-read transaction. */
export async function readPicture(from: Asks): Promise<{ head: Head; rows: PictureRow[] }> {
  const [head] = (await from.query('select seq, mark, tree from counter')) as Head[];
  if (!head) throw new Error('the counter row is gone');
  const rows = (await from.query(
    'select kind, id, version, card, seen_by as "seenBy" from picture order by kind, id',
  )) as PictureRow[];
  return { head, rows };
}

/** What the picture of a scope holds of some kinds, with the number of the entry up to which it tells; one statement. */
export async function readScopePicture(
  from: Asks,
  scope: ScopeId,
  kinds: readonly Kind[],
): Promise<{ seq: number; items: { kind: string; id: Id; card: object }[] }> {
  const rows = (await from.query(
    `select c.seq, p.kind, p.id, p.card
       from counter c left join picture p on p.seen_by @> array[$1]::uuid[] and p.kind = any($2)
      order by p.kind, p.id`,
    [scope, kinds],
  )) as { seq: number; kind: string | null; id: Id; card: object }[];
  const items = rows.flatMap(({ kind, id, card }) => (kind === null ? [] : [{ kind, id, card }]));
  return { seq: rows[0]?.seq ?? 0, items };
}
