import { Injectable } from '@nestjs/common';
import { type DeviationRule, type DeviationRules, FIRST_DEVIATION_RULES } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Database } from '../platform/database.js';

/** The rules by which a city judges deviations; until it has made its own, the first ones. */
@Injectable()
export class DeviationBook {
  constructor(private readonly database: Database) {}

  async read(tx: EntityManager = this.database.manager): Promise<DeviationRules> {
    const [head] = await tx.query<{ version: number }[]>('select version from deviation_book');
    if (!head) return { version: 0, rules: [...FIRST_DEVIATION_RULES] };
    return { version: head.version, rules: await tx.query<DeviationRule[]>(RULES) };
  }

  /** What stands, which nobody else changes until the transaction ends. */
  async lock(tx: EntityManager): Promise<DeviationRules> {
    await tx.query('lock table deviation_book in share row exclusive mode');
    return this.read(tx);
  }

  async write(tx: EntityManager, { version, rules }: DeviationRules): Promise<void> {
    await tx.query(
      'insert into deviation_book (version) values ($1) on conflict (one) do update set version = excluded.version',
      [version],
    );
    await tx.query('delete from deviation_rule');
    await tx.query(
      `insert into deviation_rule (kind, level, force, mode, after_s, clear_s, bound)
       select kind, level, force, mode, "afterS", "clearS", bound from jsonb_to_recordset($1::jsonb)
         as r(kind text, level smallint, force text, mode text, "afterS" int, "clearS" int, bound float8)`,
      [JSON.stringify(rules)],
    );
  }
}

const RULES = `
  select kind, level, force, mode, after_s as "afterS", clear_s as "clearS", bound
    from deviation_rule order by kind, level nulls first, force nulls first, mode nulls first`;
