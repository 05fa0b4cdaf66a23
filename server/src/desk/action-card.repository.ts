import { Injectable } from '@nestjs/common';
import type { AccountId, CardItem, Category, IncidentId } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Database } from '../platform/database.js';
import { orTaken } from '../platform/unique.js';

/** One version of a card. */
export interface CardRow {
  readonly category: Category;
  readonly version: number;
  readonly items: readonly CardItem[];
  readonly at: Date;
  readonly by: string;
}

export interface TickRow {
  readonly item: string;
  readonly by: string;
  readonly at: Date;
}

export interface Ticker {
  readonly account: AccountId;
  readonly name: string;
}

@Injectable()
export class ActionCardRepository {
  constructor(private readonly database: Database) {}

  /** The newest version of every category. */
  current(): Promise<CardRow[]> {
    return this.database.query<CardRow>(
      `select distinct on (category) ${COLUMNS} from action_card order by category, version desc`,
    );
  }

  /** Every version of one category, newest first. */
  versions(category: Category): Promise<CardRow[]> {
    return this.database.query<CardRow>(
      `select ${COLUMNS} from action_card where category = $1 order by version desc`,
      [category],
    );
  }

  /** The version that stood at an instant (ms): an incident keeps the one that it opened with. */
  async standing(tx: EntityManager, category: Category, at: number): Promise<CardRow | undefined> {
    const rows = await tx.query<CardRow[]>(
      `select ${COLUMNS} from action_card where category = $1 and at <= $2 order by version desc limit 1`,
      [category, new Date(at)],
    );
    return rows[0];
  }

  /** @throws Fault `action-card.stale` when that version is written already */
  async add(
    tx: EntityManager,
    { category, version, items, at }: Omit<CardRow, 'by'>,
    { account, name }: Ticker,
  ): Promise<void> {
    const written = tx.query(
      `insert into action_card (category, version, items, at, by_account, by_name) values ($1, $2, $3, $4, $5, $6)`,
      [category, version, JSON.stringify(items), at, account, name],
    );
    await orTaken(written, 'action_card_pkey', 'action-card.stale', { category, seen: version - 1 });
  }

  ticks(tx: EntityManager, incident: IncidentId): Promise<TickRow[]> {
    return tx.query<TickRow[]>(
      'select item, by_name as by, at from action_tick where incident = $1 order by at, item',
      [incident],
    );
  }

  async tick(
    tx: EntityManager,
    { incident, item, now }: { incident: IncidentId; item: string; now: number },
    { account, name }: Ticker,
  ): Promise<void> {
    await tx.query(
      'insert into action_tick (incident, item, by_account, by_name, at) values ($1, $2, $3, $4, $5)',
      [incident, item, account, name, new Date(now)],
    );
  }

  async untick(tx: EntityManager, incident: IncidentId, item: string): Promise<void> {
    await tx.query('delete from action_tick where incident = $1 and item = $2', [incident, item]);
  }
}

const COLUMNS = 'category, version, items, at, by_name as by';
