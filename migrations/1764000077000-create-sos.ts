import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Calls for help: one that is open per team, kept when it has ended. */
export class CreateSos1764000077000 implements MigrationInterface {
  readonly name = 'CreateSos1764000077000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table sos (
        id uuid primary key,
        team uuid not null references team,
        call_sign text not null,
        centre uuid not null,
        state text not null check (state in ('calling', 'answered', 'ended')),
        version int not null,
        presses int not null,
        observed_at timestamptz(3) not null,
        recorded_at timestamptz(3) not null,
        lng float8,
        lat float8,
        placed_at timestamptz(3),
        answered_at timestamptz(3),
        answered_by uuid,
        ended_at timestamptz(3),
        ended_by uuid,
        outcome text,
        seen_by uuid[] not null,
        check ((lng is null) = (lat is null) and (lng is null) = (placed_at is null)),
        check ((state = 'ended') = (ended_at is not null and outcome is not null))
      );
      create unique index sos_open on sos (team) where state <> 'ended';
      create index sos_newest on sos (recorded_at desc);
      create index sos_seen_by on sos using gin (seen_by);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table sos');
  }
}
