import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.js';
import { accept, type Decision, refuse } from '../platform/decision.js';
import { AccountRepository } from './account.repository.js';
import type { AccountRow } from './account.table.js';
import { Passwords } from './passwords.js';
import { fromBase32, matchTotp } from './totp.rules.js';

export interface Proofs {
  readonly password: string;
  readonly otp?: string | undefined;
}

/** Decides whether somebody is who the account's name says: password, and the second factor where there is one. */
@Injectable()
export class Proof {
  constructor(
    private readonly passwords: Passwords,
    private readonly accounts: AccountRepository,
    private readonly clock: Clock,
  ) {}

  /** Work that proves waits for its turn: hashing is dear. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    return this.passwords.inTurn(work);
  }

  /** An unknown account (null) takes as long as a known one, and is refused in the same words. */
  async check(tx: EntityManager, account: AccountRow | null, shown: Proofs): Promise<Decision<AccountRow>> {
    const isRight = await this.passwords.verify(account?.passwordHash ?? null, shown.password);
    if (!account || !isRight || account.disabledAt !== null) return refuse('session.refused');
    if (account.otpSecret === null) return accept(account);
    if (!shown.otp) return refuse('session.refused', { wanted: 'otp' });
    const otpStep = matchTotp(shown.otp, fromBase32(account.otpSecret), this.clock.now(), account.otpStep);
    if (otpStep === null) return refuse('session.refused');
    await this.accounts.update(tx, { ...account, otpStep }, false);
    return accept({ ...account, otpStep });
  }
}
