import { Injectable } from '@nestjs/common';
import { FIRST_FLOW_RULES, FlowRules } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Database } from '../platform/database.js';

const KEY = 'flow-rules';

/** What a city adds to the table of the flow, as it is kept; until it has made its own, the first ones. */
@Injectable()
export class FlowRuleRepository {
  constructor(private readonly database: Database) {}

  async read(tx: EntityManager = this.database.manager): Promise<FlowRules> {
    const [row] = await tx.query<{ value: { version?: number } }[]>(
      'select value from setting where key = $1',
      [KEY],
    );
    return row?.value.version === undefined ? FIRST_FLOW_RULES : FlowRules.parse(row.value);
  }

  /** The same, held until the transaction ends, so that two changes follow each other. */
  async lock(tx: EntityManager): Promise<FlowRules> {
    await tx.query("insert into setting (key, value) values ($1, '{}') on conflict (key) do nothing", [KEY]);
    await tx.query('select 1 from setting where key = $1 for update', [KEY]);
    return this.read(tx);
  }

  async write(tx: EntityManager, rules: FlowRules): Promise<void> {
    await tx.query('update setting set value = $2::jsonb where key = $1', [KEY, JSON.stringify(rules)]);
  }
}
