import { Digest, type PictureItem } from '@app/shared';
import type { PrintedItem, ToldEntry } from './history.js';
import { printEntry, printItem } from './print.js';

/** A row of the journal, as PostgreSQL has it at the end. */
export interface JournalRow {
  readonly seq: number;
  readonly mark: number;
  /** ISO 8601, as the wire says it. */
  readonly at: string;
  readonly tree: number;
  readonly fact: string;
  readonly kind: string;
  readonly id: string;
  readonly version: number;
  readonly card: Readonly<Record<string, unknown>> | null;
  readonly seenBy: readonly string[];
  readonly leftBy: readonly string[];
  readonly site: string;
  readonly schema: number;
}

export interface SeenItem extends PictureItem {
  readonly seenBy: readonly string[];
}

/** A whole picture with the number of the entry after which it stood. */
export interface Checkpoint {
  readonly seq: number;
  readonly items: readonly SeenItem[];
}

interface Told {
  readonly seq: number;
  readonly entry: ToldEntry;
  /** What stands in the picture after it; null: the entity is gone. */
  readonly item: PrintedItem | null;
}

/** What one scope had to be told, and what its picture was after each entry. */
export class ScopeTruth {
  readonly told: readonly Told[];
  readonly #checkpoints: readonly { readonly seq: number; readonly items: readonly PrintedItem[] }[];
  /** The picture's digest from each of these numbers on. */
  readonly #digests: { readonly seq: number; readonly digest: string }[] = [];

  constructor(scope: string, rows: readonly JournalRow[], checkpoints: readonly Checkpoint[]) {
    this.told = rows
      .filter(({ seenBy, leftBy }) => seenBy.includes(scope) || leftBy.includes(scope))
      .map((row) => ({ seq: row.seq, entry: toldTo(row, scope), item: itemOf(row, scope) }));
    this.#checkpoints = checkpoints.map(({ seq, items }) => ({
      seq,
      items: items.filter(({ seenBy }) => seenBy.includes(scope)).map(printItem),
    }));
    this.#checkpoints.forEach(({ seq }, index) => this.#follow(seq, this.#checkpoints[index + 1]?.seq));
  }

  /** The entries after one number and up to another, in order. */
  between(after: number, upTo: number): ToldEntry[] {
    return this.told.slice(countUpTo(this.told, after), countUpTo(this.told, upTo)).map(({ entry }) => entry);
  }

  /** The picture right after the entry with this number: the checkpoint before it and what was told since. */
  at(seq: number): Map<string, PrintedItem> {
    const from = this.#checkpoints.findLast((checkpoint) => checkpoint.seq <= seq);
    const items = new Map((from?.items ?? []).map((item) => [keyOf(item), item]));
    for (const told of this.told) if (told.seq > (from?.seq ?? 0) && told.seq <= seq) put(items, told);
    return items;
  }

  digestAt(seq: number): string | undefined {
    return this.#digests[countUpTo(this.#digests, seq) - 1]?.digest;
  }

  #follow(from: number, before = Infinity): void {
    const items = this.at(from);
    const digest = new Digest();
    for (const { kind, id, version } of items.values()) digest.add(kind, id, version);
    this.#digests.push({ seq: from, digest: digest.hex() });
    for (const told of this.told) {
      if (told.seq <= from || told.seq >= before) continue;
      const old = items.get(keyOf(told.entry));
      if (old) digest.remove(old.kind, old.id, old.version);
      put(items, told);
      if (told.item) digest.add(told.item.kind, told.item.id, told.item.version);
      this.#digests.push({ seq: told.seq, digest: digest.hex() });
    }
  }
}

function put(items: Map<string, PrintedItem>, { entry, item }: Told): void {
  if (item) items.set(keyOf(entry), item);
  else items.delete(keyOf(entry));
}

const itemOf = ({ kind, id, version, card, seenBy }: JournalRow, scope: string): PrintedItem | null =>
  card && seenBy.includes(scope) ? printItem({ kind, id, version, card }) : null;

export class Truth {
  readonly #scopes = new Map<string, ScopeTruth>();
  readonly #bySeq: ReadonlyMap<number, JournalRow>;
  readonly #byEntity = new Map<string, JournalRow[]>();
  /** Numbers of the entries that changed the tree. */
  readonly #trees: readonly number[];

  constructor(
    readonly rows: readonly JournalRow[],
    /** The first one is where the run began. */
    readonly checkpoints: readonly Checkpoint[],
  ) {
    this.#bySeq = new Map(rows.map((row) => [row.seq, row]));
    this.#trees = rows.filter(({ fact }) => fact === 'tree.changed').map(({ seq }) => seq);
    for (const row of rows) {
      const known = this.#byEntity.get(keyOf(row));
      if (known) known.push(row);
      else this.#byEntity.set(keyOf(row), [row]);
    }
  }

  of(scope: string): ScopeTruth {
    let truth = this.#scopes.get(scope);
    if (!truth) this.#scopes.set(scope, (truth = new ScopeTruth(scope, this.rows, this.checkpoints)));
    return truth;
  }

  row(seq: number): JournalRow | undefined {
    return this.#bySeq.get(seq);
  }

  /** Of one entity, `kind:id`, in order. */
  rowsOf(entity: string): readonly JournalRow[] {
    return this.#byEntity.get(entity) ?? [];
  }

  /** Whether the tree changed after one number and up to another. */
  treeChanged(after: number, upTo: number): boolean {
    return this.#trees.some((seq) => seq > after && seq <= upTo);
  }
}

/** How many of these, which stand in order, have a number up to this one. */
function countUpTo(items: readonly { readonly seq: number }[], seq: number): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle]?.seq ?? Infinity) <= seq) low = middle + 1;
    else high = middle;
  }
  return low;
}

export const keyOf = ({ kind, id }: { readonly kind: string; readonly id: string }): string =>
  `${kind}:${id}`;

export function digestOf(
  items: Iterable<{ readonly kind: string; readonly id: string; readonly version: number }>,
): string {
  const digest = new Digest();
  for (const { kind, id, version } of items) digest.add(kind, id, version);
  return digest.hex();
}

function toldTo(row: JournalRow, scope: string): ToldEntry {
  const { kind, id, version, mark: _mark, tree: _tree, leftBy: _leftBy, ...rest } = row;
  if (!row.seenBy.includes(scope)) return printEntry({ kind, id, version, fact: 'left', card: null });
  return printEntry({ ...rest, kind, id, version, seenBy: [...row.seenBy] });
}
