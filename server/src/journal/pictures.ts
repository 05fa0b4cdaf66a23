import { Picture, type PictureItem, type ScopeEntry, type ScopeId, toInstant } from '@app/shared';

/** One row of the journal. `at` in ms since 1970; `leftBy` saw the entity before this fact and no longer does. */
export interface Entry {
  readonly seq: number;
  readonly mark: number;
  readonly at: number;
  readonly tree: number;
  readonly fact: string;
  readonly kind: string;
  readonly id: string;
  readonly version: number;
  readonly card: Readonly<Record<string, unknown>> | null;
  readonly seenBy: readonly ScopeId[];
  readonly leftBy: readonly ScopeId[];
  readonly site: string;
  readonly schema: number;
}

/** Where the journal stands: the last entry's number and mark, and the tree its audiences were computed with. */
export interface Head {
  readonly seq: number;
  readonly mark: number;
  readonly tree: number;
}

export interface PictureRow extends PictureItem {
  readonly seenBy: readonly ScopeId[];
}

const RING = 20_000;

/** Facts after which earlier cards of the same entity say no more than the new one does, in memory as in the journal. */
const REDACTING_FACTS: ReadonlySet<string> = new Set([
  'incident.sealed',
  'incident.absorbed',
  'incident.text-erased',
  'alert.relabelled',
  'report.relabelled',
  'sos.sealed',
]);
/** What a card may be made to say less about. */
const REDACTABLE = ['category', 'lng', 'lat', 'place', 'masked', 'incidents'] as const;

/** What a scope is told of an entry, or undefined when it is not its business. */
export function toldTo(entry: Entry, scope: ScopeId): ScopeEntry | undefined {
  if (entry.seenBy.includes(scope)) return onWire(entry);
  if (!entry.leftBy.includes(scope)) return undefined;
  return { kind: entry.kind, id: entry.id, version: entry.version, fact: 'left', card: null };
}

const onWire = ({ mark: _mark, tree: _tree, leftBy: _leftBy, at, seenBy, ...entry }: Entry): ScopeEntry => ({
  ...entry,
  at: toInstant(at),
  seenBy: [...seenBy],
});

/** An earlier entry as it may be told after a redacting one; of what has left the picture no card is needed. */
function redacted(old: Entry, by: Entry): Entry {
  if (old.card === null || old.id !== by.id || old.kind !== by.kind) return old;
  const { card } = by;
  if (card === null) return { ...old, card: null };
  const known = REDACTABLE.filter((key) => key in card);
  return { ...old, card: { ...old.card, ...Object.fromEntries(known.map((key) => [key, card[key]])) } };
}

/**
 * The pictures of all scopes of the tree, as one process keeps them: loaded whole at a head, then moved entry by
 * entry. Snapshots and digests of every scope come from here. No I/O.
 */
export class Pictures {
  #head: Head = { seq: 0, mark: 0, tree: 0 };
  #scopes = new Map<ScopeId, Picture>();
  #ring: Entry[] = [];

  get head(): Head {
    return this.#head;
  }

  /** The picture of a scope; an empty one for a scope that sees nothing. */
  of(scope: ScopeId): Picture {
    return this.#scopes.get(scope) ?? new Picture();
  }

  load(rows: readonly PictureRow[], head: Head): void {
    this.#scopes = new Map();
    this.#ring = [];
    this.#head = head;
    for (const row of rows) for (const scope of row.seenBy) this.#in(scope).apply(row);
  }

  /** @throws Error when the entry is not the next one: the caller must load again */
  apply(entry: Entry): void {
    if (entry.seq !== this.#head.seq + 1)
      throw new Error(`entry ${this.#head.seq + 1} wanted, ${entry.seq} seen`);
    for (const scope of entry.leftBy) this.#take(scope, { ...entry, card: null });
    for (const scope of entry.seenBy) this.#take(scope, entry);
    this.#head = { seq: entry.seq, mark: entry.mark, tree: entry.tree };
    if (REDACTING_FACTS.has(entry.fact)) this.#ring = this.#ring.map((old) => redacted(old, entry));
    this.#ring.push(entry);
    if (this.#ring.length > 2 * RING) this.#ring = this.#ring.slice(-RING);
  }

  /** The entries after `seq` in order, or undefined when memory no longer (or not yet) holds all of them. */
  after(seq: number): readonly Entry[] | undefined {
    if (seq === this.#head.seq) return [];
    const first = this.#ring[0];
    if (!first || seq < first.seq - 1 || seq > this.#head.seq) return undefined;
    return this.#ring.slice(seq - first.seq + 1);
  }

  /** The entry with this number where memory holds it. */
  entry(seq: number): Entry | undefined {
    const first = this.#ring[0];
    return first ? this.#ring[seq - first.seq] : undefined;
  }

  #in(scope: ScopeId): Picture {
    let picture = this.#scopes.get(scope);
    if (!picture) this.#scopes.set(scope, (picture = new Picture()));
    return picture;
  }

  #take(scope: ScopeId, entry: Entry): void {
    const picture = this.#in(scope);
    picture.apply(entry);
    if (picture.size === 0) this.#scopes.delete(scope);
  }
}
