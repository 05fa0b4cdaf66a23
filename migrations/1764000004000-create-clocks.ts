import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Durable due times. A row fires once; cancelled ones are deleted, fired ones kept for a while. */
export class CreateClocks1764000004000 implements MigrationInterface {
  readonly name = 'CreateClocks1764000004000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table due_time (
        id uuid primary key,
        kind text not null,
        subject uuid not null,
        due_at timestamptz(3) not null,
        fired_at timestamptz(3),
        payload jsonb not null default '{}'
      ) with (fillfactor = 80);
      create index due_time_open on due_time (due_at, id) where fired_at is null;
      create index due_time_subject on due_time (subject, kind) where fired_at is null;
      create index due_time_fired on due_time (fired_at) where fired_at is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table due_time');
  }
}
