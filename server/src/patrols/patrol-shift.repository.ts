import { Injectable } from '@nestjs/common';
import { type CentreId, type Id, OPEN_TRADE_STATES, RUNNING_SHIFT_STATES, type TeamId } from '@app/shared';
import { type EntityManager, In, Not } from 'typeorm';
import type { Parties } from '../access/audiences.js';
import type { CentreTree } from '../access/centre-tree.js';
import { Database } from '../platform/database.js';
import { type PatrolShiftRow, patrolShiftTable, type TradeRow, tradeTable } from './patrol-shift.table.js';

export interface ShiftWindow {
  /** Shifts of these centres' teams; without them of any. */
  readonly centres?: readonly CentreId[];
  /** Shifts in these teams, or of their crews. */
  readonly teams?: readonly TeamId[];
  /** Ms since 1970: what touches this span. */
  readonly from: number;
  readonly to: number;
}

/** More shifts than a month of the largest subtree has. */
const MOST_SHIFTS = 10_000;

@Injectable()
export class PatrolShiftRepository {
  constructor(private readonly database: Database) {}

  /** The row stays locked until the caller's transaction ends. */
  lock(tx: EntityManager, id: Id): Promise<PatrolShiftRow | null> {
    return tx.findOne(patrolShiftTable, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** Locked in the order of their ids. */
  lockMany(tx: EntityManager, ids: readonly Id[]): Promise<PatrolShiftRow[]> {
    return tx.find(patrolShiftTable, {
      where: { id: In([...ids]) },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
  }

  findMany(ids: readonly Id[], tx: EntityManager = this.database.manager): Promise<PatrolShiftRow[]> {
    return tx.find(patrolShiftTable, { where: { id: In([...ids]) } });
  }

  /** Whether a team has another shift that is on. */
  async hasOther(tx: EntityManager, { id, team }: PatrolShiftRow): Promise<boolean> {
    const where = { team, id: Not(id), state: In([...RUNNING_SHIFT_STATES]) };
    return (await tx.count(patrolShiftTable, { where })) > 0;
  }

  /** Every shift that is on, by its team. */
  running(): Promise<PatrolShiftRow[]> {
    const where = { state: In([...RUNNING_SHIFT_STATES]) };
    return this.database.manager.find(patrolShiftTable, { where, order: { team: 'ASC', startsAt: 'ASC' } });
  }

  /** Shifts that were not called off, by their start. */
  within(
    { centres, teams, from, to }: ShiftWindow,
    tx: EntityManager = this.database.manager,
  ): Promise<PatrolShiftRow[]> {
    const query = tx
      .createQueryBuilder(patrolShiftTable, 's')
      .where('s.starts_at < :to and s.ends_at > :from', { from: new Date(from), to: new Date(to) })
      .andWhere("s.state <> 'called-off'");
    if (centres) query.andWhere('s.centre = any(:centres)', { centres });
    if (teams) query.andWhere('(s.team = any(:teams) or s.crew_of = any(:teams))', { teams });
    return query.orderBy('s.starts_at').addOrderBy('s.id').limit(MOST_SHIFTS).getMany();
  }

  /** Shifts in a span that were not called off and whose team has a plan of visits, by their start. */
  planned({ teams, from, to }: Omit<ShiftWindow, 'centres'>): Promise<PatrolShiftRow[]> {
    const query = this.database.manager
      .createQueryBuilder(patrolShiftTable, 's')
      .where('s.starts_at < :to and s.ends_at > :from', { from: new Date(from), to: new Date(to) })
      .andWhere("s.state <> 'called-off'")
      .andWhere('exists (select 1 from patrol_plan p where p.team = s.team)');
    if (teams) query.andWhere('s.team = any(:teams)', { teams });
    return query.orderBy('s.starts_at').addOrderBy('s.id').limit(MOST_SHIFTS).getMany();
  }

  /** Up to when a shift owes visits: its end, or the start of the next one of its team, whose the overlap is. */
  async endOf(tx: EntityManager, { team, startsAt, endsAt }: PatrolShiftRow): Promise<number> {
    const next = await tx
      .createQueryBuilder(patrolShiftTable, 's')
      .where('s.team = :team and s.starts_at > :start', { team, start: new Date(startsAt) })
      .andWhere("s.state <> 'called-off'")
      .orderBy('s.starts_at')
      .getOne();
    return Math.min(endsAt, next?.startsAt ?? endsAt);
  }

  async insert(tx: EntityManager, shifts: readonly PatrolShiftRow[]): Promise<void> {
    await tx.insert(
      patrolShiftTable,
      shifts.map(({ seenBy, ...shift }) => ({ ...shift, seenBy: [...seenBy] })),
    );
  }

  async update(tx: EntityManager, { id, seenBy, ...shift }: PatrolShiftRow): Promise<void> {
    await tx.update(patrolShiftTable, { id }, { ...shift, seenBy: [...seenBy] });
  }

  lockTrade(tx: EntityManager, id: Id): Promise<TradeRow | null> {
    return tx.findOne(tradeTable, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  async insertTrade(tx: EntityManager, trade: TradeRow): Promise<void> {
    await tx.insert(tradeTable, { ...trade });
  }

  async updateTrade(tx: EntityManager, { id, ...trade }: TradeRow): Promise<void> {
    await tx.update(tradeTable, { id }, trade);
  }

  /** Trades that wait for somebody and touch these shifts. */
  openTrades(shifts: readonly Id[], tx: EntityManager = this.database.manager): Promise<TradeRow[]> {
    return tx
      .createQueryBuilder(tradeTable, 't')
      .where('t.state = any(:open)', { open: OPEN_TRADE_STATES })
      .andWhere('(t.give = any(:shifts) or t.take = any(:shifts))', { shifts })
      .orderBy('t.asked_at')
      .addOrderBy('t.id')
      .getMany();
  }

  async partiesOf(tx: EntityManager, ids: readonly Id[]): Promise<Map<Id, Parties>> {
    const rows = await this.findMany(ids, tx);
    return new Map(rows.map((row) => [row.id, partiesOf(row)]));
  }

  /** Writes `seen_by` of every shift by a changed tree, ended ones too. */
  async rewriteAudiences(tx: EntityManager, tree: CentreTree): Promise<void> {
    const pairs = await tx.query<Pair[]>('select distinct centre, team from patrol_shift');
    const audiences = pairs.map((pair) => ({ ...pair, seen: audienceOf(pair, tree) }));
    await tx.query(
      `update patrol_shift s set seen_by = a.seen
         from jsonb_to_recordset($1::jsonb) as a(centre uuid, team uuid, seen uuid[])
        where s.centre = a.centre and s.team = a.team and s.seen_by is distinct from a.seen`,
      [JSON.stringify(audiences)],
    );
  }
}

type Pair = Pick<PatrolShiftRow, 'centre' | 'team'>;

/** The home of the team, and the team itself for its handheld. */
const partiesOf = ({ centre, team }: Pair): Parties => ({ parties: [centre], others: [team] });

export const audienceOf = (shift: Pair, tree: CentreTree) => tree.seenBy([shift.centre], [shift.team]);
