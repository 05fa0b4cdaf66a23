import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What incidents are found by. Cut outside the database, so nothing is filled in here: the leader cuts what was never
 * cut, or not since a process that does not know of this table wrote it.
 */
export class CreateIncidentWords1764000020000 implements MigrationInterface {
  readonly name = 'CreateIncidentWords1764000020000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table incident_words (
        incident uuid primary key references incident on delete cascade,
        version int not null,
        cut smallint not null,
        folded text not null,
        grams text[] not null
      ) with (fillfactor = 80);
      -- What was written last is searched entry by entry: a short list of it.
      create index incident_words_grams on incident_words using gin (grams) with (gin_pending_list_limit = 512);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table incident_words');
  }
}
