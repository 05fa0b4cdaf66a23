import { Injectable } from '@nestjs/common';
import type { ReportLimits } from '@app/shared';
import { Audit } from '../access/audit.js';
import type { Caller } from '../access/caller.js';
import { CentreTree } from '../access/centre-tree.js';
import { SettingRepository } from '../access/setting.repository.js';
import { Database } from '../platform/database.js';
import { Fault } from '../platform/fault.js';
import { LIMITS_KEY, ReportDesk } from './report-desk.js';

/** The limits of the city's reporting clocks. */
@Injectable()
export class ReportLimitDesk {
  constructor(
    private readonly desk: ReportDesk,
    private readonly tree: CentreTree,
    private readonly settings: SettingRepository,
    private readonly audit: Audit,
    private readonly database: Database,
  ) {}

  read(): Promise<ReportLimits> {
    return this.desk.limits();
  }

  /** @throws Fault `scope.denied` below the top: the limits are everybody's */
  async set(by: Caller, limits: ReportLimits): Promise<ReportLimits> {
    const root = this.tree.root()?.id;
    if (by.centre !== root) throw new Fault('scope.denied', { seen: by.centre, wanted: root });
    await this.database.transaction(async (tx) => {
      await this.settings.write(tx, LIMITS_KEY, limits);
      await this.audit.write(tx, {
        caller: by,
        action: 'report-limits.changed',
        subject: 'setting:report-limits',
        outcome: 'done',
        detail: limits,
      });
    });
    return limits;
  }
}
