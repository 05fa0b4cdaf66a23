import { Injectable } from '@nestjs/common';
import { BEATS_TOPIC, type CentreId, type Id } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Access } from '../access/access.js';
import { Audit, type AuditLine } from '../access/audit.js';
import type { Caller } from '../access/caller.js';
import { CentreTree } from '../access/centre-tree.js';
import { Clock } from '../platform/clock.js';
import { Fault } from '../platform/fault.js';
import { PatrolHints } from './patrol-hints.js';

const CHANGERS: readonly string[] = ['commander', 'admin', 'staff'];

interface Kept {
  readonly id: Id;
  readonly centre: CentreId;
  readonly version: number;
  readonly closedAt: number | null;
}

/** What changes of beats, checkpoints, plans and visits have in common: who may, by which version, and the audit. */
@Injectable()
export class GroundDesk {
  constructor(
    private readonly access: Access,
    private readonly tree: CentreTree,
    private readonly audit: Audit,
    private readonly hints: PatrolHints,
    readonly clock: Clock,
  ) {}

  /** @throws Fault `centre.unknown`, also for one that is closed */
  requireOpen(by: Caller, centre: CentreId): void {
    this.access.requireAct(by, centre);
    if (this.tree.get(centre)?.closedAt !== null) throw new Fault('centre.unknown', { id: centre });
  }

  mayChange(by: Caller, centre: CentreId): boolean {
    return CHANGERS.includes(by.role) && this.access.mayAct(by, centre);
  }

  /** @throws Fault `….unknown`, whether it is foreign, closed or unknown; `….stale` with what it is now */
  require<Row extends Kept>(
    kind: 'beat' | 'checkpoint',
    row: Row | null,
    { by, version, id }: { by: Caller; version: number; id: Id },
  ): Row {
    if (!row || row.closedAt !== null || !this.access.mayAct(by, row.centre))
      throw new Fault(`${kind}.unknown`, { id });
    if (row.version !== version) throw new Fault(`${kind}.stale`, { seen: version, current: row });
    return row;
  }

  /** The centre and all below it. */
  within(centre: CentreId): CentreId[] {
    return this.tree.subtree(centre);
  }

  /** After the commit. */
  changed(centre: CentreId): void {
    this.hints.changed(BEATS_TOPIC, centre);
  }

  async note(
    tx: EntityManager,
    caller: Caller,
    { action, subject, detail }: Pick<AuditLine, 'action' | 'subject' | 'detail'>,
  ): Promise<void> {
    await this.audit.write(tx, { caller, action, subject, outcome: 'done', ...(detail ? { detail } : {}) });
  }
}
