import { Injectable } from '@nestjs/common';
import type { CentreId, DepartmentChange, DepartmentList } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Access } from '../access/access.js';
import { Audit } from '../access/audit.js';
import type { Caller } from '../access/caller.js';
import { Idempotency } from '../access/idempotency.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { settle } from '../platform/decision.js';
import { Fault } from '../platform/fault.js';
import { changedDepartments } from './department-list.rules.js';
import { DepartmentRepository, type DepartmentRow } from './department.repository.js';

/** The departments that a centre may send: read, and set anew. What was sent keeps the name that it was sent under. */
@Injectable()
export class ChangeDepartments {
  constructor(
    private readonly database: Database,
    private readonly idempotency: Idempotency,
    private readonly access: Access,
    private readonly lists: DepartmentRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @throws Fault `centre.unknown` beside and above */
  async read(by: Caller, centre: CentreId): Promise<DepartmentList> {
    this.access.requireAct(by, centre);
    return listOf(centre, await this.lists.of(this.database.manager, centre));
  }

  /** @throws Fault `centre.unknown`, `department.stale` when another list came in between, `request.malformed` */
  run(by: Caller, centre: CentreId, change: DepartmentChange, key: string | null): Promise<DepartmentList> {
    this.access.requireAct(by, centre);
    const once = { key, route: `POST /api/departments/${centre}`, body: change };
    return this.database.transaction((tx) =>
      this.idempotency.once(tx, by, once, () => this.#write(tx, by, { centre, change })),
    );
  }

  async #write(
    tx: EntityManager,
    by: Caller,
    { centre, change }: { centre: CentreId; change: DepartmentChange },
  ): Promise<DepartmentList> {
    const { version } = change;
    const before = await this.lists.of(tx, centre);
    if (before.version !== version)
      throw new Fault('department.stale', { seen: version, current: listOf(centre, before) });
    const items = settle(changedDepartments(before.items, change, () => this.clock.mint()));
    const at = new Date(this.clock.now());
    if (!(await this.lists.replace(tx, centre, { version, items, at }, by))) {
      const current = listOf(centre, await this.lists.of(tx, centre));
      throw new Fault('department.stale', { seen: version, current });
    }
    await this.audit.write(tx, {
      caller: by,
      action: 'departments.changed',
      subject: `centre:${centre}`,
      outcome: 'done',
      detail: { version: version + 1, items: items.length, open: items.filter(({ open }) => open).length },
    });
    return listOf(centre, { version: version + 1, items, at, by: by.name });
  }
}

const listOf = (centre: CentreId, { version, items, at, by }: DepartmentRow): DepartmentList => ({
  centre,
  version,
  items: [...items],
  at: at?.toISOString() ?? null,
  by,
});
