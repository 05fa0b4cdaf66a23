import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Instructions of higher centres: one row for each recipient, with the words that they were sent together. */
export class CreateInstructions1764000022000 implements MigrationInterface {
  readonly name = 'CreateInstructions1764000022000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table instruction_text (
        parent uuid primary key,
        text text not null,
        by_account uuid not null,
        by_name text not null
      );

      create table instruction (
        id uuid primary key,
        parent uuid not null references instruction_text,
        sender uuid not null,
        recipient uuid not null,
        state text not null,
        version int not null,
        urgent boolean not null,
        incident uuid,
        sent_at timestamptz(3) not null,
        state_at timestamptz(3) not null,
        due_at timestamptz(3) not null,
        overdue boolean not null default false,
        seen_by uuid[] not null,
        unique (parent, recipient)
      ) with (fillfactor = 80);
      create index instruction_newest on instruction (sent_at desc, id desc);
      create index instruction_recipient on instruction (recipient, sent_at desc, id desc);
      create index instruction_sender on instruction (sender, sent_at desc, id desc);

      create table instruction_timeline (
        id uuid primary key,
        instruction uuid not null references instruction,
        version int not null,
        fact text not null,
        by_account uuid,
        by_name text not null,
        at timestamptz(3) not null,
        text text,
        unique (instruction, version)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table instruction_timeline, instruction, instruction_text');
  }
}
