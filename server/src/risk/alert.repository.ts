import { Injectable } from '@nestjs/common';
import type { AccountId, AlertId, AlertState, Category, CentreId, IncidentId } from '@app/shared';
import { type EntityManager, In, MoreThanOrEqual } from 'typeorm';
import type { Parties } from '../access/audiences.js';
import type { CentreTree } from '../access/centre-tree.js';
import { Database } from '../platform/database.js';
import { type AlertRow, alertTable, type AlertTimelineRow, alertTimelineTable } from './alert.table.js';
import type { EndedSeen } from './alert.rules.js';

export interface AlertListFilter {
  readonly scope: CentreId;
  readonly states: readonly AlertState[];
  readonly centres: readonly CentreId[] | undefined;
  readonly before: { readonly at: number; readonly id: AlertId } | undefined;
}

const LOCKED = { mode: 'pessimistic_write' } as const;

@Injectable()
export class AlertRepository {
  constructor(private readonly database: Database) {}

  /** The row stays locked until the caller's transaction ends. */
  lock(tx: EntityManager, id: AlertId): Promise<AlertRow | null> {
    return tx.findOne(alertTable, { where: { id }, lock: LOCKED });
  }

  lockKey(tx: EntityManager, key: string): Promise<AlertRow | null> {
    return tx.findOne(alertTable, { where: { key }, lock: LOCKED });
  }

  /** The newest surge of a category in a grid with a case since `at` (ms), open or ended. */
  lockSurge(tx: EntityManager, category: Category, grid: string, at: number): Promise<AlertRow | null> {
    return tx.findOne(alertTable, {
      where: { rule: 'surge', category, grid, lastCaseAt: MoreThanOrEqual(at) },
      order: { lastCaseAt: 'DESC' },
      lock: LOCKED,
    });
  }

  /** Surges with a case since `at` (ms), open or ended. */
  surgesSince(at: number): Promise<AlertRow[]> {
    return this.database.manager.find(alertTable, {
      where: { rule: 'surge', lastCaseAt: MoreThanOrEqual(at) },
    });
  }

  /** Deviations that go on, whatever people have made of their alerts. */
  runningDeviations(): Promise<AlertRow[]> {
    return this.database.manager
      .createQueryBuilder(alertTable, 'a')
      .where("a.deviation is not null and a.deviation->>'to' is null")
      .getMany();
  }

  /** Doors that are silent, or were heard again since `at` (ms), whatever people have made of their alerts. */
  doorsSince(at: number): Promise<AlertRow[]> {
    return this.database.manager
      .createQueryBuilder(alertTable, 'a')
      .where("a.door is not null and coalesce((a.door->>'to')::float8, 'infinity') > :at", { at })
      .orderBy('a.since')
      .getMany();
  }

  /** Notes the end of what was seen, which is over for people already. */
  async noteEnd(tx: EntityManager, { id }: AlertRow, ended: EndedSeen): Promise<void> {
    await tx.update(alertTable, { id }, ended);
  }

  find(id: AlertId, tx: EntityManager = this.database.manager): Promise<AlertRow | null> {
    return tx.findOne(alertTable, { where: { id } });
  }

  list({ scope, states, centres, before }: AlertListFilter, limit: number): Promise<AlertRow[]> {
    const query = this.database.manager
      .createQueryBuilder(alertTable, 'a')
      .where('a.seen_by @> :scope', { scope: [scope] })
      .andWhere('a.state = any(:states)', { states });
    if (centres) query.andWhere('a.centre = any(:centres)', { centres });
    if (before) query.andWhere('(a.since, a.id) < (:at, :id)', { at: new Date(before.at), id: before.id });
    return query.orderBy('a.since', 'DESC').addOrderBy('a.id', 'DESC').limit(limit).getMany();
  }

  async timelinesOf(
    ids: readonly AlertId[],
    tx: EntityManager = this.database.manager,
  ): Promise<Map<AlertId, AlertTimelineRow[]>> {
    const rows = await tx.find(alertTimelineTable, {
      where: { alert: In([...ids]) },
      order: { alert: 'ASC', version: 'ASC' },
    });
    const byAlert = new Map<AlertId, AlertTimelineRow[]>();
    for (const row of rows) byAlert.set(row.alert, [...(byAlert.get(row.alert) ?? []), row]);
    return byAlert;
  }

  /** @returns false when another alert has the same key */
  async insert(tx: EntityManager, alert: AlertRow): Promise<boolean> {
    const { raw } = await tx
      .createQueryBuilder()
      .insert()
      .into(alertTable)
      .values(writable(alert))
      .orIgnore()
      .returning(['id'])
      .execute();
    return Array.isArray(raw) && raw.length > 0;
  }

  async update(tx: EntityManager, alert: AlertRow): Promise<void> {
    await tx.update(alertTable, { id: alert.id }, writable(alert));
  }

  /** Notes a case of an episode that is over for people, so that it is not told as a new one. */
  async noteCase(tx: EntityManager, { id }: AlertRow, lastCaseAt: number): Promise<void> {
    await tx.update(alertTable, { id }, { lastCaseAt });
  }

  /** Whether nobody but the simulator has touched the alert or reported what it is about. */
  async isSimulated(tx: EntityManager, { id, incidents }: AlertRow, simulator: AccountId): Promise<boolean> {
    const [row] = await tx.query<{ is: boolean }[]>(
      `select not exists (select from incident where id = any($1) and not simulated)
          and not exists (select from alert where id = $2 and (deviation is not null or door is not null) and not demo)
          and not exists (select from alert_timeline where alert = $2 and by_account <> $3) as is`,
      [incidents, id, simulator],
    );
    return row?.is ?? false;
  }

  /** Alerts that name an incident, locked in the order of their ids. */
  lockAbout(tx: EntityManager, incident: IncidentId): Promise<AlertRow[]> {
    return tx
      .createQueryBuilder(alertTable, 'a')
      .where('a.incidents @> :about', { about: [incident] })
      .orderBy('a.id')
      .setLock('pessimistic_write')
      .getMany();
  }

  async tell(tx: EntityManager, line: AlertTimelineRow): Promise<void> {
    await tx.insert(alertTimelineTable, { ...line });
  }

  async partiesOf(tx: EntityManager, ids: readonly AlertId[]): Promise<Map<AlertId, Parties>> {
    const rows = await tx.find(alertTable, { where: { id: In([...ids]) } });
    return new Map(rows.map(({ id, parties, others }) => [id, { parties, others }]));
  }

  /** Writes `seen_by` of every alert by a changed tree, ended ones too. */
  async rewriteAudiences(tx: EntityManager, tree: CentreTree): Promise<void> {
    const sets = await tx.query<Pick<AlertRow, 'parties' | 'others'>[]>(
      'select distinct parties, others from alert',
    );
    const audiences = sets.map(({ parties, others }) => ({
      parties,
      others,
      seen: tree.seenBy(parties, others),
    }));
    await tx.query(
      `update alert set seen_by = a.seen
         from jsonb_to_recordset($1::jsonb) as a(parties uuid[], others uuid[], seen uuid[])
        where alert.parties = a.parties and alert.others = a.others and alert.seen_by is distinct from a.seen`,
      [JSON.stringify(audiences)],
    );
  }
}

const writable = (alert: AlertRow) => ({
  ...alert,
  parties: [...alert.parties],
  others: [...alert.others],
  incidents: [...alert.incidents],
  seenBy: [...alert.seenBy],
});
