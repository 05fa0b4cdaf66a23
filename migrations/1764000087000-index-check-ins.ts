import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Check-ins of a team by when they came: how many there were lately, and which have served. */
export class IndexCheckIns1764000087000 implements MigrationInterface {
  readonly name = 'IndexCheckIns1764000087000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index check_in_received on check_in (team, received_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index check_in_received');
  }
}
