import { Injectable } from '@nestjs/common';
import type { AuditAction, AuditDetail, CentreId, ErrorCode, Id } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { type Decision, settle } from '../platform/decision.js';
import { Fault } from '../platform/fault.js';
import { Access } from './access.js';
import { Audit } from './audit.js';
import type { Caller } from './caller.js';
import { Idempotency } from './idempotency.js';

/** Where lists of one kind are. */
interface Kept<Item> {
  /** Of columns `centre` (its key), `version`, `items`, `at`, `by_account`, `by_name`. */
  readonly table: string;
  /** What holds where a centre has set none. */
  readonly usual: readonly Item[];
}

/** One kind of list that each centre keeps for itself. */
export interface CentreListKind<Item, Change extends { readonly version: number }> extends Kept<Item> {
  /** Under `/api/`. */
  readonly path: string;
  readonly stale: ErrorCode;
  /** In the audit. */
  readonly action: AuditAction;
  /** The list after a change of the one that stands. */
  changed(before: readonly Item[], change: Change, mint: () => Id): Decision<Item[]>;
  /** What the audit keeps of a list beside its version. */
  audited(items: readonly Item[]): AuditDetail;
}

/** The list of a centre as it is told; version 0 where it has set none. */
export interface CentreList<Item> {
  readonly centre: CentreId;
  readonly version: number;
  readonly items: Item[];
  readonly at: string | null;
  readonly by: string | null;
}

interface Row<Item> {
  readonly version: number;
  readonly items: readonly Item[];
  readonly at: Date | null;
  readonly by: string | null;
}

/** Lists that a centre keeps for itself and for those below it: read, and set anew as a whole. */
@Injectable()
export class CentreLists {
  constructor(
    private readonly database: Database,
    private readonly idempotency: Idempotency,
    private readonly access: Access,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @throws Fault `centre.unknown` `scope.denied` beside and above */
  async read<Item>(kept: Kept<Item>, by: Caller, centre: CentreId): Promise<CentreList<Item>> {
    this.access.requireAct(by, centre);
    return listOf(centre, await rowOf(this.database.manager, kept, centre));
  }

  /** @throws Fault `centre.unknown` `scope.denied`, `kind.stale` when another list came in between, what `changed` refuses */
  replace<Item, Change extends { version: number }>(
    kind: CentreListKind<Item, Change>,
    by: Caller,
    { centre, change, key }: { centre: CentreId; change: Change; key: string | null },
  ): Promise<CentreList<Item>> {
    this.access.requireAct(by, centre);
    const once = { key, route: `POST /api/${kind.path}/${centre}`, body: change };
    return this.database.transaction((tx) =>
      this.idempotency.once(tx, by, once, () => this.#write(tx, kind, by, { centre, change })),
    );
  }

  /** What stands. */
  async items<Item>(tx: EntityManager, kept: Kept<Item>, centre: CentreId): Promise<readonly Item[]> {
    return (await rowOf(tx, kept, centre)).items;
  }

  /** What stands, and is not replaced while the caller's transaction lasts. */
  async held<Item>(tx: EntityManager, kept: Kept<Item>, centre: CentreId): Promise<readonly Item[]> {
    return (await rowOf(tx, kept, centre, 'for share')).items;
  }

  async #write<Item, Change extends { version: number }>(
    tx: EntityManager,
    kind: CentreListKind<Item, Change>,
    by: Caller,
    { centre, change }: { centre: CentreId; change: Change },
  ): Promise<CentreList<Item>> {
    const { version } = change;
    const before = await rowOf(tx, kind, centre);
    if (before.version !== version) throw staleFault(kind, version, listOf(centre, before));
    const items = settle(kind.changed(before.items, change, () => this.clock.mint()));
    const at = new Date(this.clock.now());
    const row = [centre, version, JSON.stringify(items), at, by.account, by.name];
    const written = await tx.query<unknown[]>(replaceIn(kind.table), row);
    if (written.length === 0) throw staleFault(kind, version, listOf(centre, await rowOf(tx, kind, centre)));
    await this.audit.write(tx, {
      caller: by,
      action: kind.action,
      subject: `centre:${centre}`,
      outcome: 'done',
      detail: { version: version + 1, ...kind.audited(items) },
    });
    return listOf(centre, { version: version + 1, items, at, by: by.name });
  }
}

async function rowOf<Item>(
  tx: EntityManager,
  { table, usual }: Kept<Item>,
  centre: CentreId,
  lock = '',
): Promise<Row<Item>> {
  const [row] = await tx.query<Row<Item>[]>(
    `select version, items, at, by_name as by from ${table} where centre = $1 ${lock}`,
    [centre],
  );
  return row ?? { version: 0, items: usual, at: null, by: null };
}

const staleFault = (
  { stale }: { readonly stale: ErrorCode },
  seen: number,
  current: CentreList<unknown>,
): Fault => new Fault(stale, { seen, current });

const listOf = <Item>(centre: CentreId, { version, items, at, by }: Row<Item>): CentreList<Item> => ({
  centre,
  version,
  items: [...items],
  at: at?.toISOString() ?? null,
  by,
});

/** Puts a list in the place of the one with this version; no row when another one came in between. */
const replaceIn = (table: string): string => `
  insert into ${table} as l (centre, version, items, at, by_account, by_name)
  select $1, $2::int + 1, $3::jsonb, $4::timestamptz, $5::uuid, $6
   where $2 = 0 or exists (select from ${table} where centre = $1)
  on conflict (centre) do update
    set version = excluded.version, items = excluded.items, at = excluded.at,
        by_account = excluded.by_account, by_name = excluded.by_name
  where l.version = $2
  returning l.version`;
