import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is sent down to terminals: taken once by the process that holds the terminal's connection. */
export class CreateDeviceMessages1764000073004 implements MigrationInterface {
  readonly name = 'CreateDeviceMessages1764000073004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table device_message (
        id uuid primary key,
        device uuid not null references device,
        kind text not null,
        -- What it says; emptied when it is sent.
        body jsonb not null,
        account uuid not null references account,
        created_at timestamptz(3) not null,
        sent_at timestamptz(3),
        answered_at timestamptz(3),
        result smallint
      );
      create index device_message_device on device_message (device, id);
      create index device_message_waiting on device_message (device) where sent_at is null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table device_message');
  }
}
