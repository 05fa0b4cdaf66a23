import { Injectable } from '@nestjs/common';
import {
  type CalendarDay,
  type ClockRule,
  type ClockSettings,
  FIRST_HOURS,
  FIRST_LIMITS,
  FlowLimits,
  WorkHours,
} from '@app/shared';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { SettingRepository } from '../access/setting.repository.js';
import { Database } from '../platform/database.js';

const KEY = 'clocks';
const Head = z.object({
  version: z.number().int().default(0),
  hours: WorkHours.default(FIRST_HOURS),
  limits: FlowLimits.default(FIRST_LIMITS),
});
/** What stands beside rules and days; its version rises with each change of any of them. */
export type BookHead = z.infer<typeof Head>;

/** Limits of time, the calendar and what else a city has decided about the flow, as they are kept. */
@Injectable()
export class ClockBookRepository {
  constructor(
    private readonly database: Database,
    private readonly settings: SettingRepository,
  ) {}

  async head(tx: EntityManager = this.database.manager): Promise<BookHead> {
    const [row] = await tx.query<{ value: unknown }[]>('select value from setting where key = $1', [KEY]);
    return Head.parse(row?.value ?? {});
  }

  /** The same, held until the transaction ends, so that two changes follow each other. */
  async lockHead(tx: EntityManager): Promise<BookHead> {
    await this.settings.hold(tx, KEY);
    return this.head(tx);
  }

  writeHead(tx: EntityManager, head: BookHead): Promise<void> {
    return this.settings.write(tx, KEY, head);
  }

  rules(tx: EntityManager = this.database.manager): Promise<ClockRule[]> {
    return tx.query(
      `select level, category, severity, stage, kind, value from sla_rule
        order by stage, level nulls first, category nulls first, severity nulls first`,
    );
  }

  async replaceRules(tx: EntityManager, rules: readonly ClockRule[]): Promise<void> {
    await tx.query('delete from sla_rule');
    await tx.query(
      `insert into sla_rule (level, category, severity, stage, kind, value)
       select * from jsonb_to_recordset($1::jsonb)
         as r(level text, category text, severity smallint, stage text, kind text, value float8)`,
      [JSON.stringify(rules)],
    );
  }

  /** Days that are otherwise, of one year or of all, by date. */
  days(year: number | null, tx: EntityManager = this.database.manager): Promise<CalendarDay[]> {
    return tx.query(
      `select to_char(date, 'YYYY-MM-DD') as date, kind, name from work_day
        where $1::int is null or extract(year from date) = $1 order by date`,
      [year],
    );
  }

  async replaceYear(tx: EntityManager, year: number, days: readonly CalendarDay[]): Promise<void> {
    await tx.query('delete from work_day where extract(year from date) = $1', [year]);
    await tx.query(
      `insert into work_day (date, kind, name)
       select * from jsonb_to_recordset($1::jsonb) as d(date date, kind text, name text)`,
      [JSON.stringify(days)],
    );
  }

  years(tx: EntityManager = this.database.manager): Promise<ClockSettings['years']> {
    return tx.query(
      `select extract(year from date)::int as year, (count(*) filter (where kind = 'holiday'))::int as holidays,
              (count(*) filter (where kind = 'workday'))::int as workdays
         from work_day group by 1 order by 1`,
    );
  }
}
