import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Shifts of joint teams by crews (letters, never names), trades between them, duty levels, and what a centre needs. */
export class CreatePatrolShifts1764000074002 implements MigrationInterface {
  readonly name = 'CreatePatrolShifts1764000074002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table patrol_shift (
        id uuid primary key,
        team uuid not null references team,
        centre uuid not null,
        slot text not null,
        crew text not null,
        crew_of uuid not null references team,
        state text not null,
        version int not null,
        starts_at timestamptz(3) not null,
        ends_at timestamptz(3) not null,
        started_at timestamptz(3),
        ended_at timestamptz(3),
        by_clock boolean not null default false,
        note text,
        seen_by uuid[] not null,
        check (starts_at < ends_at)
      ) with (fillfactor = 80);
      create index patrol_shift_centre on patrol_shift (centre, starts_at);
      create index patrol_shift_team on patrol_shift (team, starts_at);
      create index patrol_shift_crew on patrol_shift (crew_of, starts_at);

      create table shift_trade (
        id uuid primary key,
        give uuid not null references patrol_shift,
        take uuid not null references patrol_shift,
        state text not null,
        version int not null,
        reason text not null,
        asked_by uuid not null,
        asked_at timestamptz(3) not null
      );
      create index shift_trade_give on shift_trade (give) where state in ('asked', 'agreed');
      create index shift_trade_take on shift_trade (take) where state in ('asked', 'agreed');

      create table duty_level (
        id uuid primary key,
        centre uuid not null,
        level smallint not null check (level between 1 and 4),
        terms jsonb not null,
        state text not null,
        version int not null,
        from_at timestamptz(3) not null,
        to_at timestamptz(3) not null,
        reason text not null,
        by_account uuid not null,
        by_name text not null,
        ended_at timestamptz(3),
        seen_by uuid[] not null,
        check (from_at < to_at)
      );
      create index duty_level_newest on duty_level (from_at desc, id desc);

      create table patrol_need (
        centre uuid primary key,
        teams int not null check (teams between 0 and 500)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table patrol_need, duty_level, shift_trade, patrol_shift');
  }
}
