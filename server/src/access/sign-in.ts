import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../platform/database.js';
import { accept, type Decision, settle } from '../platform/decision.js';
import type { SessionFound } from './credentials.js';
import { Proof } from './proof.js';
import { type Claim, ProveAccount } from './prove-account.js';
import { type Entered, SessionDesk } from './session-desk.js';

export interface Attempt extends Claim {
  /** The session that the browser holds already. */
  readonly held: SessionFound | null;
  /** ms since 1970 */
  readonly at: number;
}

/** Signs an account in by its password, or unlocks its session. */
@Injectable()
export class SignIn {
  constructor(
    private readonly database: Database,
    private readonly proof: Proof,
    private readonly prove: ProveAccount,
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
    const proved = await this.prove.run(tx, attempt, 'session.opened');
    if (!proved.ok) return proved;
    return accept(await this.desk.enter(tx, proved.value, attempt.held, attempt.at));
  }
}
