import type { Handheld, Id, IncidentItem, Session, Sos } from '@app/shared';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { QueueItem } from './handheld-queue.js';

/** What an account was told last, for when there is no network. */
export interface Kept {
  readonly account: Id;
  readonly session: Session;
  readonly timeZone: string;
  readonly handheld: Handheld;
  readonly incidents: readonly IncidentItem[];
  readonly calls: readonly Sos[];
  /** The server's clock less this machine's, when it was told; ms. */
  readonly offsetMs: number;
}

/** Who works on a machine, known from the sign-in on: what they make is theirs, whatever else is not known yet. */
export interface Crew {
  readonly account: Id;
  readonly team: Id;
  readonly callSign: string;
}

/** What a machine keeps: the queue of every account that worked on it, and what each was told last. */
export interface Box {
  /** In the order in which they were made. */
  items(): Promise<QueueItem[]>;
  add(item: Omit<QueueItem, 'order'>): Promise<void>;
  /** It has been told; a photograph that waited for the incident of a report knows it now. */
  settle(id: Id, incident: Id | null): Promise<void>;
  refuse(id: Id, code: NonNullable<QueueItem['refusal']>['code']): Promise<void>;
  /** A person has read why, and lets it go. */
  drop(id: Id): Promise<void>;
  keep(kept: Kept): Promise<void>;
  keptOf(account: Id): Promise<Kept | undefined>;
  /** They have signed in here. */
  enter(crew: Crew): Promise<void>;
  /** Who was here last; null: they have signed out. */
  lastCrew(): Promise<Crew | null>;
  /** Forgets what anybody but this account was told, null: anybody at all; the queue stays. */
  forget(but: Id | null): Promise<void>;
}

interface Tables extends DBSchema {
  queue: { key: Id; value: QueueItem; indexes: { order: number } };
  kept: { key: Id; value: Kept };
  last: { key: 'crew'; value: Crew };
}

/** The box in the browser's database: what is in it outlives the page, the network and the session. */
export class StoredBox implements Box {
  readonly #database: Promise<IDBPDatabase<Tables>>;

  constructor() {
    this.#database = openDB<Tables>('handheld', 1, {
      upgrade(database) {
        database.createObjectStore('queue', { keyPath: 'id' }).createIndex('order', 'order');
        database.createObjectStore('kept', { keyPath: 'account' });
        database.createObjectStore('last');
      },
    });
    // A browser may clear what is only cached; what waits to be told is not.
    void navigator.storage?.persist?.();
  }

  async items(): Promise<QueueItem[]> {
    return (await this.#database).getAllFromIndex('queue', 'order');
  }

  async add(item: Omit<QueueItem, 'order'>): Promise<void> {
    const tx = (await this.#database).transaction('queue', 'readwrite');
    const last = await tx.store.index('order').openCursor(null, 'prev');
    await tx.store.put({ ...item, order: (last?.value.order ?? 0) + 1 });
    await tx.done;
  }

  async settle(id: Id, incident: Id | null): Promise<void> {
    const tx = (await this.#database).transaction('queue', 'readwrite');
    for (const item of incident === null ? [] : await tx.store.getAll())
      if (item.command.kind === 'photo' && item.command.report === id)
        await tx.store.put({ ...item, command: { ...item.command, incident } });
    await tx.store.delete(id);
    await tx.done;
  }

  async refuse(id: Id, code: NonNullable<QueueItem['refusal']>['code']): Promise<void> {
    const tx = (await this.#database).transaction('queue', 'readwrite');
    const item = await tx.store.get(id);
    if (item) await tx.store.put({ ...item, refusal: { code } });
    await tx.done;
  }

  async drop(id: Id): Promise<void> {
    await (await this.#database).delete('queue', id);
  }

  async keep(kept: Kept): Promise<void> {
    await (await this.#database).put('kept', kept);
  }

  async keptOf(account: Id): Promise<Kept | undefined> {
    return (await this.#database).get('kept', account);
  }

  async enter(crew: Crew): Promise<void> {
    await (await this.#database).put('last', crew, 'crew');
  }

  async lastCrew(): Promise<Crew | null> {
    return (await (await this.#database).get('last', 'crew')) ?? null;
  }

  async forget(but: Id | null): Promise<void> {
    const tx = (await this.#database).transaction(['kept', 'last'], 'readwrite');
    const kept = tx.objectStore('kept');
    for (const account of await kept.getAllKeys()) if (account !== but) await kept.delete(account);
    const last = tx.objectStore('last');
    if ((await last.get('crew'))?.account !== but) await last.delete('crew');
    await tx.done;
  }
}
