import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Account, type AccountChange, type AccountId } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { Clock } from '../platform/clock.js';
import { settle } from '../platform/decision.js';
import { Fault } from '../platform/fault.js';
import { Access } from './access.js';
import { AccountDesk } from './account-desk.js';
import { AccountRepository } from './account.repository.js';
import { changeAccount } from './account.rules.js';
import type { AccountRow } from './account.table.js';
import { showAccount } from './account-view.js';
import type { Caller } from './caller.js';
import { checkPassword } from './password.rules.js';
import { Passwords } from './passwords.js';
import { toBase32 } from './totp.rules.js';

const OTP_BYTES = 20;

/** The account after its change; `otp` is the new second factor, told once, also as the address that apps scan. */
export const AccountChanged = Account.extend({
  otp: z.object({ secret: z.string(), uri: z.string() }).optional(),
});
export type AccountChanged = z.infer<typeof AccountChanged>;

/** Changes an account of the caller's subtree. */
@Injectable()
export class ChangeAccount {
  constructor(
    private readonly access: Access,
    private readonly accounts: AccountRepository,
    private readonly desk: AccountDesk,
    private readonly passwords: Passwords,
    private readonly clock: Clock,
  ) {}

  async run(tx: EntityManager, id: AccountId, change: AccountChange, by: Caller): Promise<AccountChanged> {
    const account = await this.accounts.load(tx, id);
    if (!this.access.mayAct(by, account.centre)) throw new Fault('account.unknown', { id });
    if (change.centre !== undefined) this.access.requireAct(by, change.centre);
    const home = change.team === undefined ? null : this.access.requireTeam(by, change.team);
    const otpSecret = change.otp === 'new' ? toBase32(randomBytes(OTP_BYTES)) : null;
    const made = {
      passwordHash: await this.hash(account, change),
      home,
      otpSecret,
      at: this.clock.now(),
    };
    const next = settle(changeAccount(account, change, made, by.account));
    await this.desk.write(tx, next, change, by);
    return otpSecret === null
      ? showAccount(next)
      : { ...showAccount(next), otp: { secret: otpSecret, uri: uriOf(next.name, otpSecret) } };
  }

  private async hash({ name }: AccountRow, { password }: AccountChange): Promise<string | null> {
    return password === undefined ? null : this.passwords.hash(settle(checkPassword(password, name)));
  }
}

const uriOf = (account: string, secret: string) =>
  `otpauth://totp/${encodeURIComponent(`雄关:${account}`)}?secret=${secret}&issuer=${encodeURIComponent('雄关')}`;
