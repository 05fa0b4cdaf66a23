import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { Audit, type AuditLine } from './audit.js';
import type { Caller } from './caller.js';

/** Within this time the same reading by the same credential is one line: a screen left open writes no more than that. */
const READING_MS = 15 * 60_000;
/** Readings that one process remembers; beyond it the oldest may be written down once more. */
const REMEMBERED = 20_000;

/** What was read: `action` such as `incident.read`; `detail` holds no word of it. */
export type Reading = Pick<AuditLine, 'action' | 'subject' | 'detail'>;

/**
 * Writes down who reads what: the first time within a while, before the answer goes out. What cannot be written down is
 * not read. Each process remembers for itself.
 */
@Injectable()
export class ReadAudit {
  /** Until when a reading is covered, and the writing of it; in the order in which they were written. */
  readonly #covered = new Map<string, { readonly until: number; readonly written: Promise<void> }>();

  constructor(
    private readonly audit: Audit,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async tell(by: Caller, ...readings: readonly Reading[]): Promise<void> {
    const now = this.clock.now();
    const keyOf = ({ action, subject, detail }: Reading) =>
      [by.account, by.credential, action, subject, JSON.stringify(detail ?? {})].join(' ');
    const fresh = readings.filter((reading) => !((this.#covered.get(keyOf(reading))?.until ?? 0) > now));
    const keys = fresh.map(keyOf);
    if (fresh.length > 0) this.#remember(keys, { until: now + READING_MS, written: this.#write(by, fresh) });
    try {
      for (const reading of readings) await this.#covered.get(keyOf(reading))?.written;
    } catch (error) {
      for (const key of keys) this.#covered.delete(key);
      throw error;
    }
  }

  #write(by: Caller, readings: readonly Reading[]): Promise<void> {
    return this.database.transaction(async (tx) => {
      for (const reading of readings) await this.audit.write(tx, { ...reading, caller: by, outcome: 'done' });
    });
  }

  #remember(keys: readonly string[], covered: { until: number; written: Promise<void> }): void {
    // Whoever waits for it hears of a failure; here it is nobody's.
    covered.written.catch(() => undefined);
    for (const key of keys) {
      this.#covered.delete(key);
      this.#covered.set(key, covered);
    }
    for (const key of this.#covered.keys()) {
      if (this.#covered.size <= REMEMBERED) return;
      this.#covered.delete(key);
    }
  }
}
