import { Injectable } from '@nestjs/common';
import { type CentreId, type EquipmentItem, USUAL_EQUIPMENT } from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../access/caller.js';

/** The list of a centre's desk as it stands; version 0 where it has set none. */
export interface EquipmentRow {
  readonly version: number;
  readonly items: readonly EquipmentItem[];
  readonly at: Date | null;
  readonly by: string | null;
}

const UNSET: EquipmentRow = { version: 0, items: USUAL_EQUIPMENT, at: null, by: null };

@Injectable()
export class EquipmentRepository {
  async of(tx: EntityManager, centre: CentreId): Promise<EquipmentRow> {
    const rows = await tx.query<EquipmentRow[]>(
      'select version, items, at, by_name as by from duty_equipment where centre = $1',
      [centre],
    );
    return rows[0] ?? UNSET;
  }

  /** Puts a list in the place of the one with this version; false when another one came in between. */
  async replace(
    tx: EntityManager,
    centre: CentreId,
    { version, items, at }: Omit<EquipmentRow, 'by'>,
    { account, name }: Pick<Caller, 'account' | 'name'>,
  ): Promise<boolean> {
    const row = [centre, version, JSON.stringify(items), at, account, name];
    const written = await tx.query<unknown[]>(
      `insert into duty_equipment as e (centre, version, items, at, by_account, by_name)
       select $1, $2::int + 1, $3::jsonb, $4::timestamptz, $5::uuid, $6
        where $2 = 0 or exists (select from duty_equipment where centre = $1)
       on conflict (centre) do update
         set version = excluded.version, items = excluded.items, at = excluded.at,
             by_account = excluded.by_account, by_name = excluded.by_name
       where e.version = $2
       returning e.version`,
      row,
    );
    return written.length > 0;
  }
}
