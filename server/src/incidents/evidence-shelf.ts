import { Injectable } from '@nestjs/common';
import type { Evidence, Id } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Database } from '../platform/database.js';
import { Fault } from '../platform/fault.js';
import { causeOf, Log } from '../platform/log.js';
import { sha256 } from './evidence-intake.js';
import { EvidenceStore } from './evidence-store.js';
import { EvidenceRepository, type EvidenceRow } from './evidence.repository.js';

/** An upload that takes longer than this is over, one way or the other. */
const LONGEST_UPLOAD_MS = 3_600_000;
const AT_ONCE = 100;

/** Rows of evidence and the bytes they stand for, kept together across stops and failures of either. */
@Injectable()
export class EvidenceShelf {
  constructor(
    private readonly evidence: EvidenceRepository,
    private readonly store: EvidenceStore,
    private readonly database: Database,
    private readonly log: Log,
  ) {}

  /**
   * Announces a row, stores its bytes, then confirms in one transaction. `confirm` may answer with another piece, one
   * that was kept before: then these bytes go again.
   */
  async keep(
    row: EvidenceRow,
    bytes: Uint8Array,
    confirm: (tx: EntityManager) => Promise<Evidence>,
  ): Promise<Evidence> {
    await this.evidence.announce(row);
    let answer: Evidence | undefined;
    try {
      await this.#put(row.id, bytes);
      answer = await this.database.transaction(async (tx) => {
        await this.evidence.setState(row.id, 'kept', tx);
        return confirm(tx);
      });
    } finally {
      // The sweep would find it in any case; a row that stays pending for want of a database is found by its age.
      if (answer?.id !== row.id) await this.evidence.setState(row.id, 'gone').catch(() => undefined);
    }
    return answer;
  }

  /** @throws Fault `evidence.lost` when the bytes are not there, or are not those that were kept */
  async read({ id, sha256: wanted }: EvidenceRow): Promise<Uint8Array> {
    const bytes = await this.#ask(() => this.store.get(id));
    if (bytes === undefined || sha256(bytes) !== wanted) {
      this.log.error('evidence.lost', { id, seen: bytes === undefined ? 'nothing' : 'other bytes' });
      throw new Fault('evidence.lost', { id });
    }
    return bytes;
  }

  /** Takes away the bytes of what is gone or was never confirmed, then its rows; answers how many. */
  async sweep(now: number): Promise<number> {
    const ids = await this.evidence.orphans(now - LONGEST_UPLOAD_MS, AT_ONCE);
    for (const id of ids) {
      await this.store.remove(id);
      await this.evidence.forget(id);
    }
    return ids.length;
  }

  #put(id: Id, bytes: Uint8Array): Promise<void> {
    return this.#ask(() => this.store.put(id, bytes));
  }

  async #ask<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.log.error('evidence.store-failed', causeOf(error));
      throw new Fault('service.unavailable', { part: 'evidence store' });
    }
  }
}
