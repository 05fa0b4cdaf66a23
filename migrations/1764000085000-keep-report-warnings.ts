import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a report that is wanted begins to count as about to be late, beside when it is due: of clocks that run, as told. */
export class KeepReportWarnings1764000085000 implements MigrationInterface {
  readonly name = 'KeepReportWarnings1764000085000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table report add column soon_at timestamptz(3);
      update report r set soon_at = to_timestamp((d.payload->>'soonAt')::float8 / 1000)
        from due_time d
       where d.subject = r.id and d.kind = 'report.due' and d.fired_at is null and d.payload->>'soonAt' is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table report drop column soon_at');
  }
}
