import { Injectable } from '@nestjs/common';
import { toInstant } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Database } from '../platform/database.js';
import { accept, type Decision, refuse, settle } from '../platform/decision.js';
import { AccountRepository } from './account.repository.js';
import type { SessionFound } from './credentials.js';
import { LockoutRepository } from './lockout.repository.js';
import { ACCOUNT_FAILURES, ADDRESS_FAILURES } from './lockout.rules.js';
import { Proof, type Proofs } from './proof.js';
import { type Entered, SessionDesk } from './session-desk.js';

export interface Attempt extends Proofs {
  readonly account: string;
  readonly address: string;
  /** The session that the browser holds already. */
  readonly held: SessionFound | null;
  /** ms since 1970 */
  readonly at: number;
}

/** Signs an account in by its password, or unlocks its session; failures are counted per name and per address. */
@Injectable()
export class SignIn {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountRepository,
    private readonly lockouts: LockoutRepository,
    private readonly proof: Proof,
    private readonly desk: SessionDesk,
  ) {}

  /** @throws Fault `session.refused`, or `session.locked-out` after too many failures */
  async run(attempt: Attempt): Promise<Entered> {
    // A refusal is a result and not an exception: what it counts must be committed.
    const decision = await this.proof.inTurn(() =>
      this.database.transaction((tx) => this.decide(tx, attempt)),
    );
    if (!decision.ok) this.desk.countRefusal(decision.code);
    return settle(decision);
  }

  private async decide(tx: EntityManager, attempt: Attempt): Promise<Decision<Entered>> {
    const name = `name:${attempt.account.toLowerCase()}`;
    const address = `address:${attempt.address}`;
    const until = await this.lockouts.hold(tx, [name, address]);
    if (until !== null) return refuse('session.locked-out', { until: toInstant(until) });
    const account = await this.accounts.byName(tx, attempt.account);
    const proved = await this.proof.check(tx, account, attempt);
    if (proved.ok) {
      await this.lockouts.clear(tx, name);
      return accept(await this.desk.enter(tx, proved.value, attempt.held, attempt.at));
    }
    const isHalfWay = proved.detail['wanted'] === 'otp';
    if (!isHalfWay) {
      await this.lockouts.fail(tx, name, ACCOUNT_FAILURES);
      await this.lockouts.fail(tx, address, ADDRESS_FAILURES);
      await this.desk.writeRefusal(tx, account, proved.code);
    }
    return proved;
  }
}
