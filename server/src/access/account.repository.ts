import { Injectable } from '@nestjs/common';
import type { AccountId, CentreId, TeamId } from '@app/shared';
import { type EntityManager, In, IsNull, MoreThan, QueryFailedError } from 'typeorm';
import { Clock } from '../platform/clock.js';
import { Fault } from '../platform/fault.js';
import { accountTable, type AccountRow } from './account.table.js';

export interface Page {
  readonly after: string | undefined;
  readonly limit: number;
}

export type DemoDraft = Pick<AccountRow, 'name' | 'role' | 'centre' | 'team'>;

@Injectable()
export class AccountRepository {
  constructor(private readonly clock: Clock) {}

  /** The row stays locked until the caller's transaction ends. */
  async load(tx: EntityManager, id: AccountId): Promise<AccountRow> {
    const account = await tx.findOne(accountTable, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!account) throw new Fault('account.unknown', { id });
    return account;
  }

  byName(tx: EntityManager, name: string): Promise<AccountRow | null> {
    return tx.findOne(accountTable, { where: { name: name.toLowerCase() } });
  }

  /** The handhelds of a team, locked until the caller's transaction ends. */
  inUseBy(tx: EntityManager, team: TeamId): Promise<AccountRow[]> {
    return tx.find(accountTable, {
      where: { team, disabledAt: IsNull() },
      order: { id: 'asc' },
      lock: { mode: 'pessimistic_write' },
    });
  }

  /** Accounts at these centres by name, from after `name` on. */
  page(tx: EntityManager, centres: readonly CentreId[], { after, limit }: Page): Promise<AccountRow[]> {
    return tx.find(accountTable, {
      where: { centre: In([...centres]), ...(after === undefined ? {} : { name: MoreThan(after) }) },
      order: { name: 'asc' },
      take: limit,
    });
  }

  /** @throws Fault `account.taken` when the name is in use */
  async insert(tx: EntityManager, account: AccountRow): Promise<void> {
    try {
      await tx.insert(accountTable, account);
    } catch (error) {
      const { code } = error instanceof QueryFailedError ? (error.driverError as { code?: string }) : {};
      throw code === '23505' ? new Fault('account.taken', { name: account.name }) : error;
    }
  }

  /** Makes an account of the demo where there is none; it has no password. */
  async ensureDemo(tx: EntityManager, demo: DemoDraft): Promise<void> {
    const { name, role, centre, team } = demo;
    await tx.query(
      `insert into account (id, name, role, centre, team, demo, created_at) values ($1, $2, $3, $4, $5, true, $6)
       on conflict (name) do nothing`,
      [this.clock.mint(), name, role, centre, team, new Date(this.clock.now())],
    );
  }

  /** Writes what changed; `isRescoped`: the account's sessions must be looked at by every process. */
  async update(tx: EntityManager, account: AccountRow, isRescoped: boolean): Promise<void> {
    const { id, ...rest } = account;
    await tx.update(accountTable, { id }, rest);
    if (isRescoped) await tx.query('update account set changed_at = clock_timestamp() where id = $1', [id]);
  }
}
