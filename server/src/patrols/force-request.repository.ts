import { Injectable } from '@nestjs/common';
import {
  ENDED_REQUEST_STATES,
  type Id,
  type IncidentId,
  LIAISON_DESKS,
  type ScopeId,
  type TeamId,
} from '@app/shared';
import { type EntityManager, In, Not } from 'typeorm';
import type { Parties } from '../access/audiences.js';
import type { CentreTree } from '../access/centre-tree.js';
import { Database } from '../platform/database.js';
import {
  type ForceRequestLineRow,
  forceRequestLineTable,
  type ForceRequestRow,
  forceRequestTable,
} from './force-request.table.js';

@Injectable()
export class ForceRequestRepository {
  constructor(private readonly database: Database) {}

  /** The row stays locked until the caller's transaction ends. */
  lock(tx: EntityManager, id: Id): Promise<ForceRequestRow | null> {
    return tx.findOne(forceRequestTable, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** Requests that a scope sees, newest first; of one incident where it is named. */
  list(
    scope: ScopeId,
    { incident, limit }: { incident: IncidentId | undefined; limit: number },
  ): Promise<ForceRequestRow[]> {
    const query = this.database.manager
      .createQueryBuilder(forceRequestTable, 'r')
      .where('r.seen_by @> :scope', { scope: [scope] });
    if (incident) query.andWhere('r.incident = :incident', { incident });
    return query.orderBy('r.from_at', 'DESC').addOrderBy('r.id', 'DESC').limit(limit).getMany();
  }

  /** Open requests, besides one, for which some of these teams were released already. */
  async holding(tx: EntityManager, id: Id, teams: readonly TeamId[]): Promise<Id[]> {
    const open = await tx.find(forceRequestTable, {
      where: { id: Not(id), state: Not(In([...ENDED_REQUEST_STATES])) },
    });
    return open
      .filter(({ released }) => released?.teams.some((team) => teams.includes(team)))
      .map((request) => request.id);
  }

  lines(requests: readonly Id[], tx: EntityManager = this.database.manager): Promise<ForceRequestLineRow[]> {
    return tx.find(forceRequestLineTable, {
      where: { request: In([...requests]) },
      order: { request: 'ASC', version: 'ASC' },
    });
  }

  /** The numbers of incidents, and whom they are told to. */
  async incidents(ids: readonly IncidentId[], tx: EntityManager = this.database.manager) {
    const rows = await tx.query<{ id: IncidentId; number: string; seenBy: ScopeId[] }[]>(
      'select id, number, seen_by as "seenBy" from incident where id = any($1)',
      [[...ids]],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  async insert(tx: EntityManager, { seenBy, ...request }: ForceRequestRow): Promise<void> {
    await tx.insert(forceRequestTable, { ...request, seenBy: [...seenBy] });
  }

  async update(tx: EntityManager, { id, seenBy, ...request }: ForceRequestRow): Promise<void> {
    await tx.update(forceRequestTable, { id }, { ...request, seenBy: [...seenBy] });
  }

  async tell(tx: EntityManager, line: ForceRequestLineRow): Promise<void> {
    await tx.insert(forceRequestLineTable, { ...line });
  }

  async partiesOf(tx: EntityManager, ids: readonly Id[]): Promise<Map<Id, Parties>> {
    const rows = await tx.find(forceRequestTable, { where: { id: In([...ids]) } });
    return new Map(rows.map((row) => [row.id, partiesOf(row)]));
  }

  /** Writes `seen_by` of every request by a changed tree, ended ones too. */
  async rewriteAudiences(tx: EntityManager, tree: CentreTree): Promise<void> {
    const pairs = await tx.query<Pair[]>('select distinct centre, force from force_request');
    const audiences = pairs.map((pair) => ({ ...pair, seen: requestAudience(pair, tree) }));
    await tx.query(
      `update force_request r set seen_by = a.seen
         from jsonb_to_recordset($1::jsonb) as a(centre uuid, force text, seen uuid[])
        where r.centre = a.centre and r.force = a.force and r.seen_by is distinct from a.seen`,
      [JSON.stringify(audiences)],
    );
  }
}

type Pair = Pick<ForceRequestRow, 'centre' | 'force'>;

/** Whoever asks, and the desk of the force that is asked. */
function partiesOf({ centre, force }: Pair): Parties & { others: ScopeId[] } {
  const desks = Object.values(LIAISON_DESKS).filter((desk) => desk.force === force);
  return { parties: [centre], others: desks.map(({ id }) => id) };
}

export function requestAudience(request: Pair, tree: CentreTree): ScopeId[] {
  const { parties, others } = partiesOf(request);
  return tree.seenBy(parties, others);
}
