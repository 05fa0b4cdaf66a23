import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is known of photographs and files; their bytes lie elsewhere, under the same id. */
export class CreateEvidence1764000042000 implements MigrationInterface {
  readonly name = 'CreateEvidence1764000042000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table evidence (
        id uuid primary key,
        incident uuid not null references incident,
        state text not null check (state in ('pending', 'kept', 'gone')),
        name text not null,
        type text not null,
        bytes int not null,
        sha256 text not null,
        source_sha256 text not null,
        by_account uuid not null,
        by_name text not null,
        at timestamptz(3) not null
      );
      create index evidence_incident on evidence (incident, at) where state = 'kept';
      create index evidence_orphan on evidence (id) where state <> 'kept';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table evidence');
  }
}
