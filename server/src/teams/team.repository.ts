import { Injectable } from '@nestjs/common';
import { type CentreId, deskOf, type ScopeId, type TeamId, type TeamStatus } from '@app/shared';
import { type EntityManager, In, IsNull } from 'typeorm';
import type { Parties } from '../access/audiences.js';
import type { CentreTree } from '../access/centre-tree.js';
import { Database } from '../platform/database.js';
import { Fault } from '../platform/fault.js';
import { orTaken } from '../platform/unique.js';
import { leaderOf } from './team.rules.js';
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

  /** Every open team, locked in the order of their ids. */
  lockAllOpen(tx: EntityManager): Promise<TeamRow[]> {
    return tx.find(teamTable, {
      where: { closedAt: IsNull() },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
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

  /** Teams that a scope sees and that were not closed before `since` (ms since 1970), by call sign. */
  listSince(scope: ScopeId, since: number, limit: number): Promise<TeamRow[]> {
    return this.database.manager
      .createQueryBuilder(teamTable, 'team')
      .where('team.seen_by @> :scope', { scope: [scope] })
      .andWhere('(team.closed_at is null or team.closed_at >= :since)', { since: new Date(since) })
      .orderBy('team.callSign')
      .take(limit)
      .getMany();
  }

  /** Whom each team belongs to, for audiences computed anew. */
  async partiesOf(tx: EntityManager, ids: readonly TeamId[]): Promise<Map<TeamId, Parties>> {
    const rows = await this.findMany(ids, tx);
    return new Map(rows.map((row) => [row.id, partiesOf(row)]));
  }

  /** Writes `seen_by` of every team by a changed tree, closed ones too. */
  async rewriteAudiences(tx: EntityManager, tree: CentreTree): Promise<void> {
    const rows = await tx.find(teamTable, { order: { id: 'ASC' } });
    const audiences = rows.map((row) => ({ id: row.id, seen: audienceOf(row, tree) }));
    await tx.query(
      `update team set seen_by = a.seen
         from jsonb_to_recordset($1::jsonb) as a(id uuid, seen uuid[])
        where team.id = a.id and team.seen_by is distinct from a.seen`,
      [JSON.stringify(audiences)],
    );
  }

  /** @throws Fault `team.taken` when another open team has this call sign */
  async insert(tx: EntityManager, team: TeamRow): Promise<void> {
    await orCallSignTaken(team, tx.insert(teamTable, writable(team)));
  }

  /**
   * Writes the whole row, which the caller has locked.
   * @throws Fault `team.taken` when another open team has this call sign
   */
  async update(tx: EntityManager, team: TeamRow): Promise<void> {
    await orCallSignTaken(team, tx.update(teamTable, { id: team.id }, writable(team)));
  }
}

/** Home, whom it is shared with, the parties of its open incidents; the team itself, for its handheld; its force's desk. */
function partiesOf(team: TeamRow): Parties {
  const { id, centre, sharedWith, parties } = team;
  const desk = deskOf(leaderOf(team));
  return { parties: [centre, ...sharedWith, ...parties], others: desk === undefined ? [id] : [id, desk] };
}

/** All that see a team: its parties with all their ancestors. */
export function audienceOf(team: TeamRow, tree: CentreTree): ScopeId[] {
  const { parties, others } = partiesOf(team);
  return tree.seenBy(parties, others);
}

const orCallSignTaken = <T>({ callSign }: TeamRow, write: Promise<T>): Promise<T> =>
  orTaken(write, 'team_call_sign', 'team.taken', { callSign });

/** TypeORM wants arrays that it may change. */
const writable = (team: TeamRow) => ({
  ...team,
  capabilities: [...team.capabilities],
  equipment: [...team.equipment],
  withheld: [...team.withheld],
  sharedWith: [...team.sharedWith],
  incidents: [...team.incidents],
  parties: [...team.parties],
  seenBy: [...team.seenBy],
});
