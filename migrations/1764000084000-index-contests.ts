import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Visits that were contested are few among all: those whose words are still to be erased are found by themselves. */
export class IndexContests1764000084000 implements MigrationInterface {
  readonly name = 'IndexContests1764000084000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index visit_contested on visit (id) where contest is not null and contest->'erased' is null
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index visit_contested');
  }
}
