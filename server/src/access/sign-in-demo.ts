import { Inject, Injectable } from '@nestjs/common';
import type { CentreId, DemoAccount, TeamId } from '@app/shared';
import { CONFIG, type Config } from '../platform/config.js';
import { Database } from '../platform/database.js';
import { Fault } from '../platform/fault.js';
import type { SessionFound } from './credentials.js';
import { DemoAccounts } from './demo-accounts.js';
import { type Entered, SessionDesk } from './session-desk.js';

export interface DemoAttempt {
  readonly demo: DemoAccount;
  readonly centre?: CentreId | undefined;
  readonly team?: TeamId | undefined;
  readonly second?: true | undefined;
  readonly held: SessionFound | null;
  /** ms since 1970 */
  readonly at: number;
}

/** Signs in without a password, in the embedded demo alone. */
@Injectable()
export class SignInDemo {
  constructor(
    private readonly database: Database,
    private readonly accounts: DemoAccounts,
    private readonly desk: SessionDesk,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws Fault `session.no-demo` outside the demo, `centre.unknown` `team.unknown` where the account cannot stand */
  run({ demo, centre, team, second, held, at }: DemoAttempt): Promise<Entered> {
    if (!this.config.demo) throw new Fault('session.no-demo');
    return this.database.transaction(async (tx) => {
      const account =
        demo === 'patrol'
          ? await this.accounts.ensureHandheld(tx, team)
          : await this.accounts.ensure(tx, demo, this.accounts.centreOf(demo, centre), second);
      return this.desk.enter(tx, account, held, at);
    });
  }
}
