import { Injectable } from '@nestjs/common';
import { type CentreId, type EquipmentChange, Equipment, type EquipmentList } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Access } from '../access/access.js';
import { Audit } from '../access/audit.js';
import type { Caller } from '../access/caller.js';
import { Idempotency } from '../access/idempotency.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { Fault } from '../platform/fault.js';
import { EquipmentRepository, type EquipmentRow } from './equipment.repository.js';

/** What the desk of a centre has looked at in each handover: read, and set anew. Sheets that are signed keep theirs. */
@Injectable()
export class ChangeEquipment {
  constructor(
    private readonly database: Database,
    private readonly idempotency: Idempotency,
    private readonly access: Access,
    private readonly lists: EquipmentRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @throws Fault `centre.unknown` `scope.denied` beside and above */
  async read(by: Caller, centre: CentreId): Promise<EquipmentList> {
    this.access.requireAct(by, centre);
    return listOf(centre, await this.lists.of(this.database.manager, centre));
  }

  /** @throws Fault `scope.denied`, `equipment.stale` when another list came in between */
  run(by: Caller, centre: CentreId, change: EquipmentChange, key: string | null): Promise<EquipmentList> {
    this.access.requireAct(by, centre);
    const once = { key, route: `POST /api/duty-equipment/${centre}`, body: change };
    return this.database.transaction((tx) =>
      this.idempotency.once(tx, by, once, () => this.#write(tx, by, { centre, change })),
    );
  }

  async #write(
    tx: EntityManager,
    by: Caller,
    { centre, change: { version, items } }: { centre: CentreId; change: EquipmentChange },
  ): Promise<EquipmentList> {
    const keyed = items.map(({ key, names }) => ({ key: key ?? this.clock.mint(), names }));
    const twice = keyed.find(({ key }, index) => keyed.findIndex((one) => one.key === key) !== index);
    if (twice)
      throw new Fault('request.malformed', { field: 'items', seen: twice.key, wanted: 'each key once' });
    const nameless = keyed.find(({ key, names }) => names === null && !Equipment.safeParse(key).success);
    if (nameless)
      throw new Fault('request.malformed', { field: 'items', seen: nameless.key, wanted: 'names' });
    const at = new Date(this.clock.now());
    if (!(await this.lists.replace(tx, centre, { version, items: keyed, at }, by))) {
      const current = listOf(centre, await this.lists.of(tx, centre));
      throw new Fault('equipment.stale', { seen: version, current });
    }
    await this.audit.write(tx, {
      caller: by,
      action: 'equipment.changed',
      subject: `centre:${centre}`,
      outcome: 'done',
      detail: { version: version + 1, items: keyed.length },
    });
    return listOf(centre, { version: version + 1, items: keyed, at, by: by.name });
  }
}

const listOf = (centre: CentreId, { version, items, at, by }: EquipmentRow): EquipmentList => ({
  centre,
  version,
  items: [...items],
  at: at?.toISOString() ?? null,
  by,
});
