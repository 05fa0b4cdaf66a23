import { Injectable } from '@nestjs/common';
import type { Id, ScopeId, TeamId } from '@app/shared';
import { type EntityManager, In } from 'typeorm';
import type { Parties } from '../access/audiences.js';
import { Database } from '../platform/database.js';
import { type SosRow, sosTable } from './sos.table.js';

@Injectable()
export class SosRepository {
  constructor(private readonly database: Database) {}

  /** The call of a team that is open; no other call of this team comes between until the transaction ends. */
  async lockOpen(tx: EntityManager, team: TeamId): Promise<SosRow | null> {
    await tx.query("select pg_advisory_xact_lock(hashtextextended('sos:' || $1::text, 0))", [team]);
    return tx.findOne(sosTable, {
      where: { team, state: In(['calling', 'answered']) },
      lock: { mode: 'pessimistic_write' },
    });
  }

  lock(tx: EntityManager, id: Id): Promise<SosRow | null> {
    return tx.findOne(sosTable, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** What a scope sees, newest first. */
  list(scope: ScopeId, { open, limit }: { open: boolean | undefined; limit: number }): Promise<SosRow[]> {
    const query = this.database.manager
      .createQueryBuilder(sosTable, 's')
      .where('s.seen_by @> :scope', { scope: [scope] });
    if (open !== undefined) query.andWhere(open ? "s.state <> 'ended'" : "s.state = 'ended'");
    return query.orderBy('s.recorded_at', 'DESC').addOrderBy('s.id', 'DESC').limit(limit).getMany();
  }

  async write(tx: EntityManager, { seenBy, ...sos }: SosRow): Promise<void> {
    await tx.upsert(sosTable, { ...sos, seenBy: [...seenBy] }, ['id']);
  }

  /** Open calls that others see than their teams, as after an assignment across centres. */
  astray(): Promise<{ id: Id }[]> {
    return this.database.query(
      `select sos.id from sos join team on team.id = sos.team
        where sos.state <> 'ended' and sos.seen_by is distinct from team.seen_by order by sos.id`,
    );
  }

  /** Presses of a team tell no place any more. */
  async forgetPlaces(tx: EntityManager, team: TeamId): Promise<void> {
    await tx.query('update emergency_press set lng = null, lat = null where team = $1', [team]);
  }

  /** Seen by whom the team is seen by. */
  async partiesOf(
    tx: EntityManager,
    ids: readonly Id[],
    teamsOf: (teams: readonly TeamId[]) => Promise<ReadonlyMap<TeamId, Parties>>,
  ): Promise<Map<Id, Parties>> {
    const rows = await tx.find(sosTable, { where: { id: In([...ids]) } });
    const teams = await teamsOf(rows.map(({ team }) => team));
    return new Map(
      rows.flatMap(({ id, team }) => {
        const parties = teams.get(team);
        return parties ? [[id, parties] as const] : [];
      }),
    );
  }

  /** Writes `seen_by` of every call by a changed tree, ended ones too: that of its team. */
  async rewriteAudiences(tx: EntityManager): Promise<void> {
    await tx.query(
      `update sos set seen_by = team.seen_by from team
        where team.id = sos.team and sos.seen_by is distinct from team.seen_by`,
    );
  }
}
