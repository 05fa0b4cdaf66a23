import { Injectable } from '@nestjs/common';
import type { FlowRules, FlowRulesChange } from '@app/shared';
import { Audit } from '../access/audit.js';
import type { Caller } from '../access/caller.js';
import { Database } from '../platform/database.js';
import { Fault } from '../platform/fault.js';
import { requireOnce } from '../platform/require-once.js';
import { ClockBooks } from './clock-books.js';
import { FlowRuleRepository } from './flow-rule.repository.js';

/** Changes which evidence steps want and at which levels they may be taken, for every step from now on. */
@Injectable()
export class ChangeFlowRules {
  constructor(
    private readonly database: Database,
    private readonly kept: FlowRuleRepository,
    private readonly books: ClockBooks,
    private readonly audit: Audit,
  ) {}

  /** @throws Fault `flow-rules.stale` with what stands; `flow-rules.doubled` where two rules are for the same */
  async run({ version, ...change }: FlowRulesChange, caller: Caller): Promise<FlowRules> {
    requireOnce(change.evidence ?? [], 'flow-rules.doubled', ({ action, category }) => ({
      action,
      category,
    }));
    requireOnce(change.levels ?? [], 'flow-rules.doubled', ({ action }) => ({ action }));
    const rules = await this.database.transaction(async (tx) => {
      const current = await this.kept.lock(tx);
      if (current.version !== version) throw new Fault('flow-rules.stale', { seen: version, current });
      const { evidence = current.evidence, levels = current.levels } = change;
      const next = { version: version + 1, evidence, levels };
      await this.kept.write(tx, next);
      const line = { caller, action: 'flow-rules.changed', subject: 'flow-rules' } as const;
      await this.audit.write(tx, { ...line, outcome: 'done', detail: { ...change } });
      return next;
    });
    await this.books.refresh();
    return rules;
  }
}
