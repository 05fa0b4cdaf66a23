import { Injectable } from '@nestjs/common';
import type { AccountId, CentreId, Role } from '@app/shared';
import { Database } from '../platform/database.js';
import { settle } from '../platform/decision.js';
import { Proof } from './proof.js';
import { type Claim, ProveAccount } from './prove-account.js';

/** A person who put a name to something. */
export interface Signer {
  readonly account: AccountId;
  readonly name: string;
  readonly role: Role;
  readonly centre: CentreId;
}

/** A second person who signs at somebody else's screen: proved by the own password, counted like a sign-in. */
@Injectable()
export class Countersign {
  constructor(
    private readonly database: Database,
    private readonly proof: Proof,
    private readonly prove: ProveAccount,
  ) {}

  /** In a transaction of its own, before the one that is signed for. @throws Fault as for a sign-in */
  async run(claim: Claim): Promise<Signer> {
    const proved = await this.proof.inTurn(() =>
      this.database.transaction((tx) => this.prove.run(tx, claim, 'account.countersigned')),
    );
    const { id, name, role, centre } = settle(proved);
    return { account: id, name, role, centre };
  }
}
