import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Devices that speak JT/T 808: by which number, since when, on which connection; and when each device last spoke. */
export class AddTerminals1764000073002 implements MigrationInterface {
  readonly name = 'AddTerminals1764000073002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table device
        add column terminal text check (terminal ~ '^(0|[1-9][0-9]{0,19})$'),
        add column terminal_id text,
        -- When it first showed its code: from then on nobody is given another one by asking for it.
        add column enrolled_at timestamptz(3),
        -- The newest connection that showed the code; ids are minted in order of time.
        add column link uuid;
      create unique index device_terminal on device (terminal) where revoked_at is null;

      create table device_seen (
        device uuid primary key references device,
        seen_at timestamptz(3) not null
      ) with (fillfactor = 70);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table device_seen;
      alter table device drop column terminal, drop column terminal_id, drop column enrolled_at, drop column link;
    `);
  }
}
