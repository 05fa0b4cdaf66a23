import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Numbers to call back, sealed outside the database; in no other table. */
export class CreateCallers1764000044000 implements MigrationInterface {
  readonly name = 'CreateCallers1764000044000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table incident_caller (
        incident uuid primary key references incident,
        key_id text not null,
        nonce bytea not null,
        sealed bytea not null
      );
      create index incident_caller_key on incident_caller (key_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table incident_caller');
  }
}
