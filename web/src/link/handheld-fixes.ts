import { type FixReport, FixesAnswer, HandheldDevice, type Id, toInstant } from '@app/shared';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { deviceId } from './handheld.js';
import { ask } from './http.js';

/** Where a machine was; the server's clock as far as it knows, ms since 1970. */
export interface HandheldFix extends Omit<FixReport, 'device' | 'at'> {
  readonly account: Id;
  readonly team: Id;
  readonly at: number;
}

/** What a machine keeps of where it was, until the server has it, and for which shift a crew has said yes to that. */
export interface FixBox {
  /** Whether it was: nothing is kept of a crew that says yes no more, here or in another page. */
  add(fix: HandheldFix): Promise<boolean>;
  /** The oldest of an account. */
  oldest(account: Id, limit: number): Promise<HandheldFix[]>;
  /** The server has what an account told up to a moment, or nobody wants it. */
  drop(account: Id, until: number): Promise<void>;
  count(account: Id): Promise<number>;
  /** Forgets everybody's of before: nobody would believe it. */
  forgetBefore(at: number): Promise<void>;
  /** Yes for a shift; null: no, and what still waits is forgotten with it. */
  agree(account: Id, shift: Id | null): Promise<void>;
  agreed(account: Id): Promise<Id | null>;
}

interface Tables extends DBSchema {
  fix: { key: [Id, number]; value: HandheldFix; indexes: { at: number } };
  yes: { key: Id; value: Id };
}

/** A database of its own: the box of commands keeps its version, and pages of before go on beside this one. */
export class StoredFixes implements FixBox {
  readonly #database: Promise<IDBPDatabase<Tables>>;

  constructor() {
    this.#database = openDB<Tables>('handheld-positions', 1, {
      upgrade(database) {
        database.createObjectStore('fix', { keyPath: ['account', 'at'] }).createIndex('at', 'at');
        database.createObjectStore('yes');
      },
    });
  }

  async add(fix: HandheldFix): Promise<boolean> {
    // One transaction with the yes: whatever comes between, a no leaves nothing behind.
    const tx = (await this.#database).transaction(['fix', 'yes'], 'readwrite');
    const isAgreed = (await tx.objectStore('yes').get(fix.account)) !== undefined;
    if (isAgreed) await tx.objectStore('fix').put(fix);
    await tx.done;
    return isAgreed;
  }

  async oldest(account: Id, limit: number): Promise<HandheldFix[]> {
    return (await this.#database).getAll('fix', ofAccount(account), limit);
  }

  async drop(account: Id, until: number): Promise<void> {
    await (await this.#database).delete('fix', ofAccount(account, until));
  }

  async count(account: Id): Promise<number> {
    return (await this.#database).count('fix', ofAccount(account));
  }

  async forgetBefore(at: number): Promise<void> {
    const tx = (await this.#database).transaction('fix', 'readwrite');
    for (const key of await tx.store.index('at').getAllKeys(IDBKeyRange.upperBound(at, true)))
      await tx.store.delete(key);
    await tx.done;
  }

  async agree(account: Id, shift: Id | null): Promise<void> {
    const tx = (await this.#database).transaction(['fix', 'yes'], 'readwrite');
    if (shift === null) {
      await tx.objectStore('yes').delete(account);
      await tx.objectStore('fix').delete(ofAccount(account));
    } else await tx.objectStore('yes').put(shift, account);
    await tx.done;
  }

  async agreed(account: Id): Promise<Id | null> {
    return (await (await this.#database).get('yes', account)) ?? null;
  }
}

const ofAccount = (account: Id, until = Infinity) =>
  IDBKeyRange.bound([account, -Infinity], [account, until]);

/** How positions are told; under the account that they are of. */
export interface FixApi {
  /** As which device this machine tells; null: the team has one of its own that does. */
  enrol(account: Id): Promise<Id | null>;
  tell(account: Id, device: Id, fixes: readonly HandheldFix[]): Promise<FixesAnswer>;
}

export const fixApi: FixApi = {
  async enrol(account) {
    const body = { device: deviceId() };
    return (await ask('/api/handheld/positions', HandheldDevice, { method: 'POST', body, account })).device;
  },
  tell(account, device, fixes) {
    const body = fixes.map(({ account: _own, team: _team, at, ...fix }) => ({
      device,
      at: toInstant(at),
      ...fix,
    }));
    return ask('/api/positions', FixesAnswer, { method: 'POST', body, account });
  },
};
