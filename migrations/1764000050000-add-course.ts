import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How incidents go between centres: their course, the centres that it makes parties, and what a step named. */
export class AddCourse1764000050000 implements MigrationInterface {
  readonly name = 'AddCourse1764000050000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table incident add column guests uuid[] not null default '{}', add column course jsonb not null default '{}';
      alter table timeline add column about jsonb, alter column by_account drop not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from timeline where by_account is null;
      alter table timeline drop column about, alter column by_account set not null;
      alter table incident drop column guests, drop column course;
    `);
  }
}
