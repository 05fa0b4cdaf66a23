import { Injectable } from '@nestjs/common';
import type { CentreId, ScopeId, TeamId, TeamStatus } from '@app/shared';
import { type EntityManager, In } from 'typeorm';
import { Database } from '../platform/database.js';
import { Fault } from '../platform/fault.js';
import { type TeamRow, teamTable } from './team.table.js';

export interface TeamFilter {
  /** Teams that this scope sees. */
  readonly scope: ScopeId;
  readonly statuses?: readonly TeamStatus[];
  /** Home centres. */
  readonly centres?: readonly CentreId[];
  readonly isClosed?: boolean;
}

@Injectable()
export class TeamRepository {
  constructor(private readonly database: Database) {}

  /**
   * Open teams, locked in the order of their ids until the caller's transaction ends, in the order asked for.
   * @throws Fault `team.unknown` when one is missing or closed
   */
  async lockMany(tx: EntityManager, ids: readonly TeamId[]): Promise<TeamRow[]> {
    const wanted = [...new Set(ids)];
    if (wanted.length === 0) return [];
    const rows = await tx.find(teamTable, {
      where: { id: In(wanted) },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    const found = new Map(rows.filter(({ closedAt }) => closedAt === null).map((row) => [row.id, row]));
    return wanted.map((id) => {
      const row = found.get(id);
      if (!row) throw new Fault('team.unknown', { id });
      return row;
    });
  }

  /** One team, open or closed. */
  find(id: TeamId, tx: EntityManager = this.database.manager): Promise<TeamRow | null> {
    return tx.findOne(teamTable, { where: { id } });
  }

  findMany(ids: readonly TeamId[], tx: EntityManager = this.database.manager): Promise<TeamRow[]> {
    return tx.find(teamTable, { where: { id: In([...ids]) } });
  }

  /** Up to `limit` teams after `cursor` (an id), by id. */
  list(filter: TeamFilter, limit: number, cursor: TeamId | undefined): Promise<TeamRow[]> {
    const query = this.database.manager
      .createQueryBuilder(teamTable, 'team')
      .where('team.seen_by @> :scope', { scope: [filter.scope] })
      .andWhere(filter.isClosed ? 'team.closed_at is not null' : 'team.closed_at is null');
    if (filter.statuses) query.andWhere('team.status = any(:statuses)', { statuses: filter.statuses });
    if (filter.centres) query.andWhere('team.centre = any(:centres)', { centres: filter.centres });
    if (cursor) query.andWhere('team.id > :cursor', { cursor });
    return query.orderBy('team.id').take(limit).getMany();
  }

  async insert(tx: EntityManager, team: TeamRow): Promise<void> {
    await tx.insert(teamTable, writable(team));
  }

  /** Writes the whole row, which the caller has locked. */
  async update(tx: EntityManager, team: TeamRow): Promise<void> {
    await tx.update(teamTable, { id: team.id }, writable(team));
  }
}

/** TypeORM wants arrays that it may change. */
const writable = (team: TeamRow) => ({
  ...team,
  sharedWith: [...team.sharedWith],
  incidents: [...team.incidents],
  parties: [...team.parties],
  seenBy: [...team.seenBy],
});
