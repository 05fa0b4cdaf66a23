import { Digest } from './digest.js';

/** What `apply` needs of an entry: enough to put or delete one entity. */
export interface PictureEntry {
  readonly kind: string;
  readonly id: string;
  readonly version: number;
  readonly card: Readonly<Record<string, unknown>> | null;
}

export interface PictureItem {
  readonly kind: string;
  readonly id: string;
  readonly version: number;
  readonly card: Readonly<Record<string, unknown>>;
}

/**
 * The picture of one scope: every entity that it sees, with an incremental digest. The same code on server, screen
 * and replay: put or delete, no clock, nothing else.
 */
export class Picture {
  readonly digest = new Digest();
  readonly #items = new Map<string, PictureItem>();

  get size(): number {
    return this.#items.size;
  }

  get(kind: string, id: string): PictureItem | undefined {
    return this.#items.get(`${kind}:${id}`);
  }

  items(): IterableIterator<PictureItem> {
    return this.#items.values();
  }

  /** The ids of one kind, in no order. */
  *idsOf(kind: string): IterableIterator<string> {
    for (const item of this.#items.values()) if (item.kind === kind) yield item.id;
  }

  /** Puts or deletes one entity. An entry that is not newer than what stands is passed over (false). */
  apply(entry: PictureEntry): boolean {
    const key = `${entry.kind}:${entry.id}`;
    const old = this.#items.get(key);
    if (old) {
      if (entry.card !== null && entry.version <= old.version) return false;
      this.digest.remove(old.kind, old.id, old.version);
      this.#items.delete(key);
    }
    if (entry.card === null) return old !== undefined;
    this.#items.set(key, { kind: entry.kind, id: entry.id, version: entry.version, card: entry.card });
    this.digest.add(entry.kind, entry.id, entry.version);
    return true;
  }

  clear(): void {
    for (const item of this.#items.values()) this.digest.remove(item.kind, item.id, item.version);
    this.#items.clear();
  }
}
