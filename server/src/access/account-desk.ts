import { Injectable } from '@nestjs/common';
import type { AccountChange } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { AccountRepository } from './account.repository.js';
import type { AccountRow } from './account.table.js';
import { Audit } from './audit.js';
import type { Caller } from './caller.js';
import { LockoutRepository } from './lockout.repository.js';
import { SessionRepository } from './session.repository.js';

/** Writes a changed account with all that follows: sessions that end, locks that are lifted, the line in the audit. */
@Injectable()
export class AccountDesk {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly sessions: SessionRepository,
    private readonly lockouts: LockoutRepository,
    private readonly audit: Audit,
  ) {}

  async write(tx: EntityManager, account: AccountRow, change: AccountChange, by: Caller): Promise<void> {
    const isRescoped =
      change.role !== undefined ||
      change.centre !== undefined ||
      change.team !== undefined ||
      change.disabled !== undefined;
    await this.accounts.update(tx, account, isRescoped);
    if (change.password !== undefined || change.disabled === true)
      await this.sessions.revokeAll(tx, account.id);
    if (change.unlock) await this.lockouts.clear(tx, `name:${account.name}`);
    const { password, version: _version, ...told } = change;
    await this.audit.write(tx, {
      caller: by,
      action: 'account.changed',
      subject: `account:${account.id}`,
      outcome: 'done',
      detail: { ...told, ...(password === undefined ? {} : { password: 'new' }) },
    });
  }
}
