import { Injectable } from '@nestjs/common';
import type { AuditDetail, Id } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Audit, type AuditLine } from './audit.js';
import type { Caller } from './caller.js';
import { Idempotency } from './idempotency.js';

/** What a person erased: which subject, why, how many texts; and in which kept answers its words may stand. */
export interface ErasedByHand {
  readonly subject: AuditLine['subject'];
  readonly detail: AuditDetail;
  readonly ids: readonly Id[];
  /** What is put over such an answer. */
  readonly patch: object;
}

/** Writes down that words were erased by hand, and lets kept answers forget them. Before `Journal.append`. */
@Injectable()
export class ErasureBook {
  constructor(
    private readonly audit: Audit,
    private readonly idempotency: Idempotency,
  ) {}

  async tell(tx: EntityManager, by: Caller, { subject, detail, ids, patch }: ErasedByHand): Promise<void> {
    await this.audit.write(tx, { caller: by, action: 'text.erased', subject, outcome: 'done', detail });
    await this.idempotency.scrub(tx, ids, patch);
  }
}
