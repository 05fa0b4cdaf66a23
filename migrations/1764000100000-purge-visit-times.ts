import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a team was at a point goes with its tracks; for how long it stayed is kept in its place, for the sums. */
export class PurgeVisitTimes1764000100000 implements MigrationInterface {
  readonly name = 'PurgeVisitTimes1764000100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table visit add column stayed_s int;
      create index visit_timed on visit (window_to) where came_at is not null or left_at is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index visit_timed; alter table visit drop column stayed_s');
  }
}
