import { Injectable } from '@nestjs/common';
import { type CentreId, ENDED_SHIFT_STATES, type Id } from '@app/shared';
import { type EntityManager, In, IsNull, Not } from 'typeorm';
import type { CentreTree } from '../access/centre-tree.js';
import { Database } from '../platform/database.js';
import { orTaken } from '../platform/unique.js';
import { type DutyShiftRow, dutyShiftTable } from './duty-shift.table.js';

@Injectable()
export class DutyShiftRepository {
  constructor(private readonly database: Database) {}

  /** The row stays locked until the caller's transaction ends. */
  lock(tx: EntityManager, id: Id): Promise<DutyShiftRow | null> {
    return tx.findOne(dutyShiftTable, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  find(tx: EntityManager, id: Id): Promise<DutyShiftRow | null> {
    return tx.findOne(dutyShiftTable, { where: { id } });
  }

  /** The shift that is on at a centre. */
  running(tx: EntityManager, centre: CentreId): Promise<DutyShiftRow | null> {
    return tx.findOne(dutyShiftTable, { where: { centre, state: Not(In([...ENDED_SHIFT_STATES])) } });
  }

  /** The last shift of a centre that has a sheet, whoever signed it. */
  lastDrawn(tx: EntityManager, centre: CentreId): Promise<DutyShiftRow | null> {
    return tx.findOne(dutyShiftTable, {
      where: { centre, sheet: Not(IsNull()), state: In([...ENDED_SHIFT_STATES]) },
      order: { since: 'DESC', id: 'DESC' },
    });
  }

  /** The last shift of a centre. */
  last(tx: EntityManager, centre: CentreId): Promise<DutyShiftRow | null> {
    return tx.findOne(dutyShiftTable, { where: { centre }, order: { since: 'DESC', id: 'DESC' } });
  }

  /** Newest first. */
  list(
    centre: CentreId,
    before: { readonly at: number; readonly id: Id } | undefined,
    limit: number,
  ): Promise<DutyShiftRow[]> {
    const query = this.database.manager
      .createQueryBuilder(dutyShiftTable, 's')
      .where('s.centre = :centre', { centre });
    if (before) query.andWhere('(s.since, s.id) < (:at, :id)', { at: new Date(before.at), id: before.id });
    return query.orderBy('s.since', 'DESC').addOrderBy('s.id', 'DESC').limit(limit).getMany();
  }

  /** @throws Fault `duty-shift.running` when the centre has one already */
  async insert(tx: EntityManager, shift: DutyShiftRow): Promise<void> {
    const { centre } = shift;
    const written = tx.insert(dutyShiftTable, { ...shift, seenBy: [...shift.seenBy] });
    await orTaken(written, 'duty_shift_running', 'duty-shift.running', { centre });
  }

  async update(tx: EntityManager, { id, seenBy, ...shift }: DutyShiftRow): Promise<void> {
    await tx.update(dutyShiftTable, { id }, { ...shift, seenBy: [...seenBy] });
  }

  /** Puts `patch` over one thing on every sheet that names it, what came after the signature included. */
  async scrub(
    tx: EntityManager,
    { list, id, patch }: { list: 'incidents' | 'matters'; id: Id; patch: object },
  ): Promise<void> {
    for (const [column, path] of [
      ['sheet', [list]],
      ['after', ['added', list]],
    ] as const)
      await tx.query(SCRUB(column), [path, id, JSON.stringify(patch)]);
  }

  /** Writes `seen_by` of every shift by a changed tree, ended ones too. */
  async rewriteAudiences(tx: EntityManager, tree: CentreTree): Promise<void> {
    const centres = await tx.query<{ centre: CentreId }[]>('select distinct centre from duty_shift');
    const audiences = centres.map(({ centre }) => ({ centre, seen: tree.seenBy([centre]) }));
    await tx.query(
      `update duty_shift set seen_by = a.seen
         from jsonb_to_recordset($1::jsonb) as a(centre uuid, seen uuid[])
        where duty_shift.centre = a.centre and duty_shift.seen_by is distinct from a.seen`,
      [JSON.stringify(audiences)],
    );
  }
}

const SCRUB = (column: 'sheet' | 'after') => `
  update duty_shift
     set ${column} = jsonb_set(${column}, $1::text[], (
           select jsonb_agg(case when one ->> 'id' = $2 then one || $3::jsonb else one end order by at)
             from jsonb_array_elements(${column} #> $1::text[]) with ordinality as listed(one, at)))
   where ${column} #> $1::text[] @> jsonb_build_array(jsonb_build_object('id', $2::text))`;
