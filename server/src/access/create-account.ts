import { Injectable } from '@nestjs/common';
import type { Account, AccountDraft, CentreId, TeamId } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.js';
import { settle } from '../platform/decision.js';
import { AccountRepository } from './account.repository.js';
import type { AccountRow } from './account.table.js';
import { showAccount } from './account-view.js';
import { Audit } from './audit.js';
import type { Caller } from './caller.js';
import { checkPassword } from './password.rules.js';
import { Passwords } from './passwords.js';

/** A draft whose place is known. */
export interface PlacedDraft extends Pick<AccountDraft, 'name' | 'password' | 'role'> {
  readonly centre: CentreId;
  readonly team: TeamId | null;
}

/** Makes an account. Whoever calls decides where it may stand, and where the transaction ends. */
@Injectable()
export class CreateAccount {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly passwords: Passwords,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * `by` is null when the installation is set up.
   * @throws Fault `account.weak-password`, `account.taken`
   */
  async run(tx: EntityManager, draft: PlacedDraft, by: Caller | null): Promise<Account> {
    const password = settle(checkPassword(draft.password, draft.name));
    const account: AccountRow = {
      id: this.clock.mint(),
      name: draft.name,
      passwordHash: await this.passwords.hash(password),
      role: draft.role,
      centre: draft.centre,
      team: draft.team,
      otpSecret: null,
      otpStep: null,
      disabledAt: null,
      isSimulator: false,
      demo: false,
      createdAt: this.clock.now(),
      version: 1,
    };
    await this.accounts.insert(tx, account);
    await this.audit.write(tx, {
      caller: by,
      action: 'account.created',
      subject: `account:${account.id}`,
      outcome: 'done',
      detail: {
        role: account.role,
        centre: account.centre,
        ...(account.team === null ? {} : { team: account.team }),
      },
    });
    return showAccount(account);
  }
}
