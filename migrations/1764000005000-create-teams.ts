import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Joint teams and their devices. Headcounts by force, never names. */
export class CreateTeams1764000005000 implements MigrationInterface {
  readonly name = 'CreateTeams1764000005000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table team (
        id uuid primary key,
        call_sign text not null,
        centre uuid not null,
        mode text not null,
        tier smallint not null,
        forces jsonb not null,
        status text not null,
        status_at timestamptz(3) not null,
        shared_with uuid[] not null default '{}',
        version int not null,
        incidents uuid[] not null default '{}',
        parties uuid[] not null default '{}',
        seen_by uuid[] not null,
        closed_at timestamptz(3),
        successor uuid references team,
        demo boolean not null default false
      ) with (fillfactor = 80);
      create unique index team_call_sign on team (call_sign) where closed_at is null;
      create index team_centre on team (centre);
      create index team_seen_by on team using gin (seen_by);

      create table device (
        id uuid primary key,
        number bigint not null unique check (number between 1 and 4294967295),
        team uuid not null references team,
        name text,
        external_id text,
        datum text not null default 'wgs84',
        demo boolean not null default false,
        created_at timestamptz(3) not null default now(),
        revoked_at timestamptz(3),
        changed_at timestamptz(3) not null default now()
      );
      create unique index device_external_id on device (external_id) where revoked_at is null;
      create index device_team on device (team);
      create index device_changed on device (changed_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table device, team');
  }
}
