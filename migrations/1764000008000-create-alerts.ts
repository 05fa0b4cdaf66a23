import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Risk alerts: about places, times and categories. The key of what was found makes each one unique. */
export class CreateAlerts1764000008000 implements MigrationInterface {
  readonly name = 'CreateAlerts1764000008000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table alert (
        id uuid primary key,
        key text not null unique,
        rule text not null,
        category text not null,
        severity smallint not null check (severity between 1 and 4),
        state text not null,
        version int not null,
        since timestamptz(3) not null,
        state_at timestamptz(3) not null,
        until timestamptz(3),
        last_case_at timestamptz(3) not null,
        centre uuid not null,
        parties uuid[] not null,
        grid text,
        lng float8 not null,
        lat float8 not null,
        incidents uuid[] not null,
        clock jsonb,
        surge jsonb,
        seen_by uuid[] not null,
        demo boolean not null default false
      ) with (fillfactor = 80);
      create index alert_newest on alert (since desc, id desc);
      create index alert_open on alert (rule, category, grid) where state not in ('resolved', 'dismissed', 'expired');
      create index alert_seen_by on alert using gin (seen_by);

      create table alert_timeline (
        id uuid primary key,
        alert uuid not null references alert,
        version int not null,
        fact text not null,
        by_account uuid,
        by_name text not null,
        at timestamptz(3) not null,
        reason text,
        unique (alert, version)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table alert_timeline, alert');
  }
}
