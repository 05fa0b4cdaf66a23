import { Injectable } from '@nestjs/common';
import type { CentreId, Department } from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../access/caller.js';

/** The departments of a centre as they stand; version 0 where it has set none. */
export interface DepartmentRow {
  readonly version: number;
  readonly items: readonly Department[];
  readonly at: Date | null;
  readonly by: string | null;
}

const UNSET: DepartmentRow = { version: 0, items: [], at: null, by: null };

@Injectable()
export class DepartmentRepository {
  async of(tx: EntityManager, centre: CentreId): Promise<DepartmentRow> {
    return (await tx.query<DepartmentRow[]>(OF, [centre]))[0] ?? UNSET;
  }

  /** What stands while the caller's transaction lasts: nobody closes one that is being sent. */
  async held(tx: EntityManager, centre: CentreId): Promise<readonly Department[]> {
    return ((await tx.query<DepartmentRow[]>(`${OF} for share`, [centre]))[0] ?? UNSET).items;
  }

  /** Puts a list in the place of the one with this version; false when another one came in between. */
  async replace(
    tx: EntityManager,
    centre: CentreId,
    { version, items, at }: Omit<DepartmentRow, 'by'>,
    { account, name }: Pick<Caller, 'account' | 'name'>,
  ): Promise<boolean> {
    const row = [centre, version, JSON.stringify(items), at, account, name];
    return (await tx.query<unknown[]>(REPLACE, row)).length > 0;
  }
}

const OF = 'select version, items, at, by_name as by from department_list where centre = $1';

const REPLACE = `
  insert into department_list as d (centre, version, items, at, by_account, by_name)
  select $1, $2::int + 1, $3::jsonb, $4::timestamptz, $5::uuid, $6
   where $2 = 0 or exists (select from department_list where centre = $1)
  on conflict (centre) do update
    set version = excluded.version, items = excluded.items, at = excluded.at,
        by_account = excluded.by_account, by_name = excluded.by_name
  where d.version = $2
  returning d.version`;
