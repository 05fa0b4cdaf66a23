import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts of teams' handhelds, checkpoints without positions, and what a visit was credited by. */
export class AddHandhelds1764000078000 implements MigrationInterface {
  readonly name = 'AddHandhelds1764000078000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table account add column team uuid;
      alter table account drop constraint account_role_check;
      alter table account add constraint account_role_check check (role in
        ('display', 'duty', 'commander', 'staff', 'admin', 'armed-police-liaison', 'militia-liaison', 'team'));
      alter table account add constraint account_team_check check ((role = 'team') = (team is not null));

      alter table patrol_checkpoint add column is_gps_blind boolean not null default false;
      alter table visit add column proof text check (proof in ('dwell', 'code'));
      update visit set proof = 'dwell' where state = 'done';

      create table handheld_contact (
        account uuid not null references account,
        device uuid not null,
        at timestamptz(3) not null,
        primary key (account, device)
      );

      create table checkpoint_code (
        checkpoint uuid not null references patrol_checkpoint,
        secret bytea not null,
        from_at timestamptz(3) not null,
        until_at timestamptz(3),
        primary key (checkpoint, from_at)
      );
      create unique index checkpoint_code_current on checkpoint_code (checkpoint) where until_at is null;

      create table check_in (
        id uuid primary key,
        account uuid not null references account,
        device uuid not null,
        team uuid not null references team,
        checkpoint uuid not null references patrol_checkpoint,
        code text not null,
        claimed_at timestamptz(3) not null,
        received_at timestamptz(3) not null,
        kind text check (kind in ('rotating', 'tag')),
        doubt text check (doubt in ('code', 'time')),
        place_doubt text check (place_doubt in ('place', 'unproven'))
      );
      create index check_in_team on check_in (team, claimed_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table check_in, checkpoint_code, handheld_contact;
      alter table visit drop column proof;
      alter table patrol_checkpoint drop column is_gps_blind;
      alter table account drop constraint account_team_check;
      update account set role = 'display', disabled_at = coalesce(disabled_at, now()) where role = 'team';
      alter table account drop constraint account_role_check;
      alter table account add constraint account_role_check check (role in
        ('display', 'duty', 'commander', 'staff', 'admin', 'armed-police-liaison', 'militia-liaison'));
      alter table account drop column team;
    `);
  }
}
