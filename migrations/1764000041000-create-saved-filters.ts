import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Filters of the list of incidents that accounts keep for themselves or for their centre. */
export class CreateSavedFilters1764000041000 implements MigrationInterface {
  readonly name = 'CreateSavedFilters1764000041000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table saved_filter (
        id uuid primary key,
        account uuid not null references account,
        centre uuid not null references centre,
        name text not null,
        shared boolean not null,
        query jsonb not null,
        created_at timestamptz(3) not null
      );
      create unique index saved_filter_name on saved_filter (account, name);
      create index saved_filter_centre on saved_filter (centre) where shared;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table saved_filter');
  }
}
