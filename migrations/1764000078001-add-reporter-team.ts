import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The team whose handheld told an incident. */
export class AddReporterTeam1764000078001 implements MigrationInterface {
  readonly name = 'AddReporterTeam1764000078001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table incident add column reporter_team uuid');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table incident drop column reporter_team');
  }
}
