import { Injectable } from '@nestjs/common';
import { FIRST_FLOW_RULES, FlowRules } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { SettingRepository } from '../access/setting.repository.js';
import { Database } from '../platform/database.js';

const KEY = 'flow-rules';

/** What a city adds to the table of the flow, as it is kept; until it has made its own, the first ones. */
@Injectable()
export class FlowRuleRepository {
  constructor(
    private readonly database: Database,
    private readonly settings: SettingRepository,
  ) {}

  async read(tx: EntityManager = this.database.manager): Promise<FlowRules> {
    const [row] = await tx.query<{ value: { version?: number } }[]>(
      'select value from setting where key = $1',
      [KEY],
    );
    return row?.value.version === undefined ? FIRST_FLOW_RULES : FlowRules.parse(row.value);
  }

  /** The same, held until the transaction ends, so that two changes follow each other. */
  async lock(tx: EntityManager): Promise<FlowRules> {
    await this.settings.hold(tx, KEY);
    return this.read(tx);
  }

  write(tx: EntityManager, rules: FlowRules): Promise<void> {
    return this.settings.write(tx, KEY, rules);
  }
}
