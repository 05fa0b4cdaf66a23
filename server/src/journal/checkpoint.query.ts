import { Digest, type ScopeId } from '@app/shared';
import type { Asks } from './journal.query.js';

/** Numbers for which partitions are kept ready: half an hour at the highest rate measured. */
const AHEAD = 2_000_000;

/** Makes the partitions that the next entries will fall into. Safe to repeat. */
export async function extendJournal(tx: Asks): Promise<void> {
  await tx.query('select journal_extend(seq + $1) from counter', [AHEAD]);
}

/**
 * Keeps a copy of the picture with the number that it belongs to; run inside a transaction. False when the journal has
 * not moved since the last one.
 */
export async function keepCheckpoint(tx: Asks, reason: 'daily' | 'tree'): Promise<boolean> {
  const [kept] = (await tx.query(KEEP, [reason])) as { seq: number }[];
  if (!kept) return false;
  const rows = (await tx.query('select kind, id, version from checkpoint_item where seq = $1', [
    kept.seq,
  ])) as Counted[];
  const digest = new Digest();
  for (const { kind, id, version } of rows) digest.add(kind, id, version);
  await tx.query('update checkpoint set digest = $2 where seq = $1', [kept.seq, digest.hex()]);
  return true;
}

interface Counted {
  readonly kind: string;
  readonly id: string;
  readonly version: number;
}

/** The digest of a scope's picture, computed from the rows, and the number of the entry at which they stand. */
export async function readDigest(from: Asks, scope: ScopeId): Promise<{ seq: number; digest: string }> {
  const rows = (await from.query(ROWS_OF_SCOPE, [scope])) as {
    seq: number;
    kind: string | null;
    id: string;
    version: number;
  }[];
  const digest = new Digest();
  for (const { kind, id, version } of rows) if (kind !== null) digest.add(kind, id, version);
  return { seq: rows[0]?.seq ?? 0, digest: digest.hex() };
}

// One statement each, since a statement sees one moment: head and rows belong together.
const KEEP = `
  with kept as (
    insert into checkpoint (seq, at, tree, reason, digest) select seq, at, tree, $1, '' from counter
    on conflict (seq) do nothing returning seq
  ), copied as (
    insert into checkpoint_item (seq, kind, id, version, card, seen_by)
    select kept.seq, p.kind, p.id, p.version, p.card, p.seen_by from picture p, kept
  )
  select seq from kept`;

const ROWS_OF_SCOPE = `
  select c.seq, p.kind, p.id, p.version from counter c left join picture p on p.seen_by @> array[$1]::uuid[]`;
