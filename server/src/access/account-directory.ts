import { Injectable } from '@nestjs/common';
import type { Account, AccountDraft } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Database } from '../platform/database.js';
import { Access } from './access.js';
import { AccountRepository, type Page } from './account.repository.js';
import { showAccount } from './account-view.js';
import type { Caller } from './caller.js';
import { CentreTree } from './centre-tree.js';
import { CreateAccount } from './create-account.js';

/** The accounts of a subtree, for its administrators. */
@Injectable()
export class AccountDirectory {
  constructor(
    private readonly access: Access,
    private readonly tree: CentreTree,
    private readonly accounts: AccountRepository,
    private readonly createAccount: CreateAccount,
    private readonly database: Database,
  ) {}

  async list(caller: Caller, { after, limit }: Page): Promise<{ items: Account[]; next: string | null }> {
    const centres = this.tree.subtree(caller.centre);
    const rows = await this.accounts.page(this.database.manager, centres, { after, limit: limit + 1 });
    const items = rows.slice(0, limit).map(showAccount);
    return { items, next: rows.length > limit ? (items.at(-1)?.name ?? null) : null };
  }

  /** @throws Fault `centre.unknown` or `team.unknown` for one outside the caller's subtree */
  create(tx: EntityManager, draft: AccountDraft, caller: Caller): Promise<Account> {
    const { team, ...rest } = draft;
    const centre =
      team === undefined ? (draft.centre ?? caller.centre) : this.access.requireTeam(caller, team);
    this.access.requireAct(caller, centre);
    return this.createAccount.run(tx, { ...rest, centre, team: team ?? null }, caller);
  }
}
