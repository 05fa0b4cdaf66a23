import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What forces release of themselves, what is asked of them, and the desks that answer for them. */
export class CreateForceRequests1764000074003 implements MigrationInterface {
  readonly name = 'CreateForceRequests1764000074003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table force_release (
        force text primary key,
        positions text not null check (positions in ('precise', 'coarse', 'on-request')),
        strength boolean not null,
        version int not null default 1
      );
      insert into force_release (force, positions, strength)
      values ('police', 'precise', true), ('armed-police', 'coarse', true), ('militia', 'precise', true);

      alter table team
        add column grain text not null default 'precise' check (grain in ('precise', 'coarse', 'on-request')),
        add column lent text check (lent in ('precise', 'coarse', 'on-request')),
        add column withheld text[] not null default '{}';

      create table force_request (
        id uuid primary key,
        force text not null,
        centre uuid not null,
        incident uuid,
        task text not null,
        asked int not null,
        state text not null,
        answer text,
        released jsonb,
        version int not null,
        lng float8,
        lat float8,
        from_at timestamptz(3) not null,
        to_at timestamptz(3) not null,
        state_at timestamptz(3) not null,
        text text not null,
        by_account uuid not null,
        by_name text not null,
        seen_by uuid[] not null
      ) with (fillfactor = 80);
      create index force_request_newest on force_request (from_at desc, id desc);
      create index force_request_incident on force_request (incident) where incident is not null;

      create table force_request_line (
        id uuid primary key,
        request uuid not null references force_request,
        version int not null,
        fact text not null,
        by_name text not null,
        at timestamptz(3) not null,
        text text,
        unique (request, version)
      );

      alter table account drop constraint account_role_check;
      alter table account add constraint account_role_check check (role in
        ('display', 'duty', 'commander', 'staff', 'admin', 'armed-police-liaison', 'militia-liaison'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      update account set role = 'display', disabled_at = coalesce(disabled_at, now()) where role like '%-liaison';
      alter table account drop constraint account_role_check;
      alter table account add constraint account_role_check check (role in
        ('display', 'duty', 'commander', 'staff', 'admin'));
      drop table force_request_line, force_request, force_release;
      alter table team drop column grain, drop column lent, drop column withheld;
    `);
  }
}
