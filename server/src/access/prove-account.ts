import { Injectable } from '@nestjs/common';
import { type AuditAction, toInstant } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { type Decision, refuse } from '../platform/decision.js';
import { AccountRepository } from './account.repository.js';
import type { AccountRow } from './account.table.js';
import { LockoutRepository } from './lockout.repository.js';
import { ACCOUNT_FAILURES, ADDRESS_FAILURES } from './lockout.rules.js';
import { Proof, type Proofs } from './proof.js';
import { SessionDesk } from './session-desk.js';

export interface Claim extends Proofs {
  readonly account: string;
  readonly address: string;
}

/** Holds a password against an account's name; failures are counted per name and per address, wherever it is asked for. */
@Injectable()
export class ProveAccount {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly lockouts: LockoutRepository,
    private readonly proof: Proof,
    private readonly desk: SessionDesk,
  ) {}

  /** A refusal is a result and not an exception: what it counts must be committed. `action` names it in the audit. */
  async run(tx: EntityManager, claim: Claim, action: AuditAction): Promise<Decision<AccountRow>> {
    const name = `name:${claim.account.toLowerCase()}`;
    const address = `address:${claim.address}`;
    const until = await this.lockouts.hold(tx, [name, address]);
    if (until !== null) return refuse('session.locked-out', { until: toInstant(until) });
    const account = await this.accounts.byName(tx, claim.account);
    const proved = await this.proof.check(tx, account, claim);
    if (proved.ok) {
      await this.lockouts.clear(tx, name);
      return proved;
    }
    const isHalfWay = proved.detail['wanted'] === 'otp';
    if (!isHalfWay) {
      await this.lockouts.fail(tx, name, ACCOUNT_FAILURES);
      await this.lockouts.fail(tx, address, ADDRESS_FAILURES);
      await this.desk.writeRefusal(tx, account, { code: proved.code, action });
    }
    return proved;
  }
}
