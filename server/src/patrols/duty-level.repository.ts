import { Injectable } from '@nestjs/common';
import type { CentreId, Id, ScopeId } from '@app/shared';
import { type EntityManager, In } from 'typeorm';
import type { Parties } from '../access/audiences.js';
import type { CentreTree } from '../access/centre-tree.js';
import { Database } from '../platform/database.js';
import { type DutyLevelRow, dutyLevelTable } from './duty-level.table.js';

@Injectable()
export class DutyLevelRepository {
  constructor(private readonly database: Database) {}

  /** The row stays locked until the caller's transaction ends. */
  lock(tx: EntityManager, id: Id): Promise<DutyLevelRow | null> {
    return tx.findOne(dutyLevelTable, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** Levels that a scope sees, newest first. */
  list(scope: ScopeId, limit: number): Promise<DutyLevelRow[]> {
    return this.database.manager
      .createQueryBuilder(dutyLevelTable, 'l')
      .where('l.seen_by @> :scope', { scope: [scope] })
      .orderBy('l.from_at', 'DESC')
      .addOrderBy('l.id', 'DESC')
      .limit(limit)
      .getMany();
  }

  /** Levels set for these centres that held at some time of a span; `to` is when each ended. */
  async binding(
    tx: EntityManager,
    centres: readonly CentreId[],
    { from, to }: { from: number; to: number },
  ): Promise<DutyLevelRow[]> {
    const rows = await tx
      .createQueryBuilder(dutyLevelTable, 'l')
      .where('l.centre = any(:centres)', { centres })
      .andWhere("l.state <> 'planned' and l.from_at < :to", { to: new Date(to) })
      .andWhere('coalesce(l.ended_at, l.to_at) > :from', { from: new Date(from) })
      .getMany();
    return rows.map((row) => ({ ...row, to: row.endedAt ?? row.to }));
  }

  async insert(tx: EntityManager, { seenBy, ...level }: DutyLevelRow): Promise<void> {
    await tx.insert(dutyLevelTable, { ...level, seenBy: [...seenBy] });
  }

  async update(tx: EntityManager, { id, seenBy, ...level }: DutyLevelRow): Promise<void> {
    await tx.update(dutyLevelTable, { id }, { ...level, seenBy: [...seenBy] });
  }

  /** Teams that centres need at daily duty; none for one that nobody set. */
  async needs(centres: readonly CentreId[]): Promise<Map<CentreId, number>> {
    const rows = await this.database.query<{ centre: CentreId; teams: number }>(
      'select centre, teams from patrol_need where centre = any($1)',
      [[...centres]],
    );
    return new Map(rows.map(({ centre, teams }) => [centre, teams]));
  }

  async writeNeed(tx: EntityManager, centre: CentreId, teams: number): Promise<void> {
    await tx.query(
      `insert into patrol_need (centre, teams) values ($1, $2)
       on conflict (centre) do update set teams = excluded.teams`,
      [centre, teams],
    );
  }

  async partiesOf(tx: EntityManager, ids: readonly Id[], tree: CentreTree): Promise<Map<Id, Parties>> {
    const rows = await tx.find(dutyLevelTable, { where: { id: In([...ids]) } });
    return new Map(rows.map(({ id, centre }) => [id, { parties: tree.subtree(centre) }]));
  }

  /** Writes `seen_by` of every level by a changed tree, ended ones too. */
  async rewriteAudiences(tx: EntityManager, tree: CentreTree): Promise<void> {
    const rows = await tx.query<{ centre: CentreId }[]>('select distinct centre from duty_level');
    const audiences = rows.map(({ centre }) => ({ centre, seen: boundBy(centre, tree) }));
    await tx.query(
      `update duty_level l set seen_by = a.seen
         from jsonb_to_recordset($1::jsonb) as a(centre uuid, seen uuid[])
        where l.centre = a.centre and l.seen_by is distinct from a.seen`,
      [JSON.stringify(audiences)],
    );
  }
}

/** What binds those below is told to all of them, and to those above. */
export const boundBy = (centre: CentreId, tree: CentreTree): ScopeId[] => tree.seenBy(tree.subtree(centre));
