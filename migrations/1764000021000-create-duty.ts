import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The duty desk: shifts with their handover sheets, and each centre's log, which is only ever added to. */
export class CreateDuty1764000021000 implements MigrationInterface {
  readonly name = 'CreateDuty1764000021000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table duty_shift (
        id uuid primary key,
        centre uuid not null,
        officer uuid not null,
        officer_name text not null,
        state text not null,
        version int not null,
        since timestamptz(3) not null,
        due_at timestamptz(3) not null,
        overran boolean not null default false,
        ended_at timestamptz(3),
        previous uuid references duty_shift,
        next uuid references duty_shift deferrable initially deferred,
        signed_at timestamptz(3),
        taken_by uuid,
        taken_name text,
        taken_at timestamptz(3),
        taken_method text,
        reason text,
        notes text,
        sheet jsonb,
        after jsonb,
        seen_by uuid[] not null
      ) with (fillfactor = 80);
      create unique index duty_shift_running on duty_shift (centre) where state in ('on', 'handing');
      create index duty_shift_newest on duty_shift (centre, since desc, id desc);

      create table duty_log (
        id uuid primary key,
        centre uuid not null,
        number int not null,
        kind text not null,
        text text not null,
        incident uuid,
        alert uuid,
        refers uuid references duty_log,
        shift uuid references duty_shift,
        by_account uuid not null,
        by_name text not null,
        occurred_at timestamptz(3) not null,
        recorded_at timestamptz(3) not null,
        unique (centre, number)
      );
      create unique index duty_log_settled on duty_log (refers) where kind = 'done';
      create index duty_log_refers on duty_log (refers) where refers is not null;
      create index duty_log_matters on duty_log (centre, number) where kind = 'matter';
      create index duty_log_incident on duty_log (incident) where incident is not null;

      create function duty_log_keep() returns trigger language plpgsql as $$
      begin
        raise exception 'the duty log is only added to';
      end $$;
      create trigger duty_log_kept before update or delete on duty_log
        for each row execute function duty_log_keep();
      create trigger duty_log_kept_whole before truncate on duty_log
        for each statement execute function duty_log_keep();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table duty_log, duty_shift; drop function duty_log_keep()');
  }
}
