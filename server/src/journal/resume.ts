import { Injectable } from '@nestjs/common';
import type { ScopeId } from '@app/shared';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { type Cursor, parseCursor } from './cursor.js';
import { readEntry, readScope } from './journal.query.js';
import type { Entry } from './pictures.js';
import { Tailer } from './tailer.js';

/** How far back a cursor may lie; beyond it a snapshot is cheaper and just as true. */
const RESUME_WINDOW_MS = 26 * 3_600_000;
const RESUME_LIMIT = 5_000;

/** What PostgreSQL had for a scope after a cursor, up to the head that the read was made at. */
export interface Backlog {
  readonly upTo: number;
  readonly entries: readonly Entry[];
}

/** Decides whether a cursor can be resumed from, and reads what it lacks from memory or from PostgreSQL. */
@Injectable()
export class Resume {
  readonly #readings = new Map<string, Promise<Backlog | undefined>>();

  constructor(
    private readonly tailer: Tailer,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * The entries after a cursor that memory does not hold; undefined when only a snapshot is true. Screens that come
   * back together with the same cursor share one reading.
   */
  read(scope: ScopeId, text: string | undefined): Promise<Backlog | undefined> {
    const cursor = text === undefined ? undefined : parseCursor(text);
    if (!cursor) return Promise.resolve(undefined);
    const key = `${scope} ${text}`;
    let reading = this.#readings.get(key);
    if (!reading) {
      reading = this.#read(scope, cursor).finally(() => this.#readings.delete(key));
      this.#readings.set(key, reading);
    }
    return reading;
  }

  async #read(scope: ScopeId, cursor: Cursor): Promise<Backlog | undefined> {
    if (cursor.seq > this.tailer.pictures.head.seq) await this.tailer.poll();
    const { head } = this.tailer.pictures;
    if (cursor.seq > head.seq) return undefined;
    if (cursor.seq === head.seq)
      return cursor.mark === head.mark ? { upTo: cursor.seq, entries: [] } : undefined;
    if (!(await this.#stands(cursor))) return undefined;
    if (this.tailer.pictures.after(cursor.seq)) return { upTo: cursor.seq, entries: [] };
    const upTo = this.tailer.pictures.head.seq;
    const asked = { after: cursor.seq, upTo, limit: RESUME_LIMIT + 1 };
    const entries = await readScope(
      { query: (sql, parameters) => this.database.query(sql, parameters) },
      scope,
      asked,
    );
    return entries.length > RESUME_LIMIT ? undefined : { upTo, entries };
  }

  /** Whether the entry is there with this mark, computed with today's tree, and not too old. */
  async #stands({ seq, mark }: Cursor): Promise<boolean> {
    const entry =
      this.tailer.pictures.entry(seq) ??
      (await readEntry({ query: (sql, parameters) => this.database.query(sql, parameters) }, seq));
    if (!entry || entry.mark !== mark) return false;
    return entry.tree === this.tailer.pictures.head.tree && entry.at >= this.clock.now() - RESUME_WINDOW_MS;
  }
}
