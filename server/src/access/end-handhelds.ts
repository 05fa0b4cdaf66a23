import { Injectable } from '@nestjs/common';
import type { TeamId } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.js';
import { AccountDesk } from './account-desk.js';
import { AccountRepository } from './account.repository.js';
import type { Caller } from './caller.js';

/** Disables the handhelds of a team that is no more, inside the caller's transaction. */
@Injectable()
export class EndHandhelds {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly desk: AccountDesk,
    private readonly clock: Clock,
  ) {}

  async run(tx: EntityManager, team: TeamId, by: Caller): Promise<void> {
    for (const account of await this.accounts.inUseBy(tx, team)) {
      const ended = { ...account, disabledAt: this.clock.now(), version: account.version + 1 };
      await this.desk.write(tx, ended, { version: account.version, disabled: true }, by);
    }
  }
}
