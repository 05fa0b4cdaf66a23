import type { Kept, KeptClock } from './check-writes.js';
import type { Stage } from './stage.js';
import { type Checkpoint, type JournalRow, type SeenItem, Truth } from './truth.js';

const ITEM = 'kind, id, version, card, seen_by as "seenBy"';

/** The picture as it stands, with its number. */
export async function readStart(stage: Stage): Promise<Checkpoint> {
  const rows = await stage.rows<SeenItem & { seq: number }>(
    `select c.seq::float8 as seq, ${ITEM} from counter c, picture`,
  );
  return { seq: rows[0]?.seq ?? 0, items: rows };
}

/** The journal since the start, and the pictures that were kept when the tree changed. */
export async function readTruth(stage: Stage, start: Checkpoint): Promise<Truth> {
  const rows = await stage.rows<Omit<JournalRow, 'at'> & { at: Date }>(
    `select seq::float8 as seq, mark, at, tree, fact, kind, id, version, card, seen_by as "seenBy",
            left_by as "leftBy", site, schema
       from journal where seq > $1 order by seq`,
    [start.seq],
  );
  const kept = await stage.rows<SeenItem & { seq: number }>(
    `select i.seq::float8 as seq, ${ITEM} from checkpoint c join checkpoint_item i using (seq)
      where c.seq > $1 and c.reason = 'tree' order by i.seq`,
    [start.seq],
  );
  const checkpoints = new Map<number, SeenItem[]>();
  for (const item of kept) {
    const items = checkpoints.get(item.seq);
    if (items) items.push(item);
    else checkpoints.set(item.seq, [item]);
  }
  return new Truth(
    rows.map((row) => ({ ...row, at: row.at.toISOString() })),
    [start, ...[...checkpoints].map(([seq, items]) => ({ seq, items }))],
  );
}

/** The rows that writes left behind. */
export async function readKept(
  stage: Stage,
  { devices, sleeping }: { devices: readonly string[]; sleeping: readonly string[] },
): Promise<Kept> {
  const found = await stage.rows<{ key: string; id: string; version: number | null }>(
    `select external_id as key, id, 1 as version from incident where external_id is not null
      union all
     select external_id, incident, version from timeline where external_id is not null and version > 1
      union all
     select device || '@' || (extract(epoch from observed_at) * 1000)::bigint, device, null
       from track where device = any($1)`,
    [devices],
  );
  const rows = new Map<string, { id: string; version: number | null }[]>();
  for (const { key, ...row } of found) rows.set(key, [...(rows.get(key) ?? []), row]);
  const clocks = await stage.rows<Omit<KeptClock, 'dueAt' | 'firedAt'> & { due: Date; fired: Date | null }>(
    `select kind, subject as incident, due_at as due, fired_at as fired from due_time where subject = any($1)`,
    [sleeping],
  );
  const picture = await readStart(stage);
  return {
    rows,
    picture: picture.items,
    head: picture.seq,
    clocks: clocks.map(({ due, fired, ...clock }) => ({
      ...clock,
      dueAt: due.getTime(),
      firedAt: fired?.getTime() ?? null,
    })),
    readAt: Date.now(),
  };
}
