import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.js';
import { countFailure, type Lockout, lockedUntil } from './lockout.rules.js';
import { hashOf } from './secret.js';

/** Failed sign-ins by what they were tried on. Kept by hash: neither a mistyped name nor an address stays readable. */
@Injectable()
export class LockoutRepository {
  constructor(private readonly clock: Clock) {}

  /**
   * Locks the subjects' rows until the transaction ends, so that guesses at once are counted one by one.
   * @returns until when one of them is locked out (ms), or null
   */
  async hold(tx: EntityManager, subjects: readonly string[]): Promise<number | null> {
    const now = this.clock.now();
    const keys = keysOf(subjects);
    await tx.query(
      'insert into lockout (subject, since) select k, $2 from unnest($1::bytea[]) k on conflict do nothing',
      [keys, new Date(now)],
    );
    const rows = await this.#read(tx, keys);
    return rows.reduce<number | null>((latest, row) => {
      const until = lockedUntil(row, now);
      return until === null ? latest : Math.max(until, latest ?? 0);
    }, null);
  }

  async fail(tx: EntityManager, subject: string, limit: number): Promise<void> {
    const [key] = keysOf([subject]);
    const [row] = await this.#read(tx, [key]);
    const next = countFailure(row && row.failures > 0 ? row : undefined, limit, this.clock.now());
    await tx.query('update lockout set failures = $2, since = $3, until = $4 where subject = $1', [
      key,
      next.failures,
      new Date(next.since),
      next.until === null ? null : new Date(next.until),
    ]);
  }

  async clear(tx: EntityManager, subject: string): Promise<void> {
    await tx.query('delete from lockout where subject = $1', keysOf([subject]));
  }

  async #read(tx: EntityManager, keys: readonly unknown[]): Promise<Lockout[]> {
    const rows = await tx.query<{ failures: number; since: Date; until: Date | null }[]>(
      'select failures, since, until from lockout where subject = any($1::bytea[]) order by subject for update',
      [keys],
    );
    return rows.map(({ failures, since, until }) => ({
      failures,
      since: since.getTime(),
      until: until?.getTime() ?? null,
    }));
  }
}

/** In the order in which they are locked. */
const keysOf = (subjects: readonly string[]): Buffer[] =>
  subjects.map((it) => hashOf(it)).sort((a, b) => a.compare(b));
