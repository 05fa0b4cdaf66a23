import { Injectable } from '@nestjs/common';
import type { CentreId, PatrolNeed } from '@app/shared';
import { Access } from '../access/access.js';
import { Audit } from '../access/audit.js';
import type { Caller } from '../access/caller.js';
import { Database } from '../platform/database.js';
import { DutyLevelRepository } from './duty-level.repository.js';

/** Says how many teams a centre needs at daily duty. */
@Injectable()
export class SetNeed {
  constructor(
    private readonly access: Access,
    private readonly audit: Audit,
    private readonly database: Database,
    private readonly levels: DutyLevelRepository,
  ) {}

  /** @throws Fault `centre.unknown` */
  async run(centre: CentreId, { teams }: PatrolNeed, by: Caller): Promise<void> {
    this.access.requireAct(by, centre);
    await this.database.transaction(async (tx) => {
      await this.levels.writeNeed(tx, centre, teams);
      const line = {
        caller: by,
        action: 'patrol-need.set',
        subject: `centre:${centre}`,
        detail: { teams },
      } as const;
      await this.audit.write(tx, { ...line, outcome: 'done' });
    });
  }
}
