import { Injectable } from '@nestjs/common';
import type { DeviationRules, DeviationRulesChange } from '@app/shared';
import { Audit } from '../access/audit.js';
import type { Caller } from '../access/caller.js';
import { Database } from '../platform/database.js';
import { Fault } from '../platform/fault.js';
import { requireOnce } from '../platform/require-once.js';
import { DeviationBook } from './deviation-book.repository.js';

/** Changes from when on something is a deviation; what runs is judged by the new rules at the next look. */
@Injectable()
export class ChangeDeviationRules {
  constructor(
    private readonly database: Database,
    private readonly book: DeviationBook,
    private readonly audit: Audit,
  ) {}

  /** @throws Fault `deviation-rules.stale` with what stands; `deviation-rules.doubled` for two of the same */
  run({ version, rules }: DeviationRulesChange, caller: Caller): Promise<DeviationRules> {
    requireOnce(rules, 'deviation-rules.doubled', ({ kind, level, force, mode }) => ({
      kind,
      level,
      force,
      mode,
    }));
    return this.database.transaction(async (tx) => {
      const current = await this.book.lock(tx);
      if (current.version !== version) throw new Fault('deviation-rules.stale', { seen: version, current });
      await this.book.write(tx, { version: version + 1, rules });
      await this.audit.write(tx, {
        caller,
        action: 'deviation-rules.changed',
        subject: 'deviation-rules',
        outcome: 'done',
        detail: { rules: rules.length },
      });
      return this.book.read(tx);
    });
  }
}
