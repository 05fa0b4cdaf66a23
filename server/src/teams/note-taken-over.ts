import { Injectable } from '@nestjs/common';
import type { Id } from '@app/shared';
import { Audit } from '../access/audit.js';
import type { Caller } from '../access/caller.js';
import { Database } from '../platform/database.js';

@Injectable()
export class NoteTakenOver {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  /** Another connection showed a device's secret while one was there: whoever held the earlier one writes it down. */
  run(device: Id, caller: Caller): Promise<void> {
    const line = { caller, action: 'device.taken-over', subject: `device:${device}` } as const;
    return this.database.transaction((tx) => this.audit.write(tx, { ...line, outcome: 'done' }));
  }
}
