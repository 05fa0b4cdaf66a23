import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Limits of reports upward become rules like all others: those that the city had set, else the first ones. The setting
 * stays for processes of the version before.
 */
export class AddReportClocks1764000071002 implements MigrationInterface {
  readonly name = 'AddReportClocks1764000071002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      with told as (
        select coalesce((select value from setting where key = 'report-limits'), '{
          "first": {"1": 30, "2": 60, "3": 120},
          "follow-up": {"1": 120, "2": 240},
          "final": {"1": 1440, "2": 1440, "3": 2880}
        }'::jsonb) as limits
      )
      insert into sla_rule (severity, stage, kind, value)
      select severity.key::smallint, 'report-' || stage.key, 'emergency', severity.value::float8
        from told, jsonb_each(told.limits) stage, jsonb_each_text(stage.value) severity
       where severity.value is not null
      on conflict do nothing;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`delete from sla_rule where stage like 'report-%'`);
  }
}
