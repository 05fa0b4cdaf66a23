import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Beats, checkpoints, and which of them a team's shift visits under which duty level. */
export class CreatePatrolGround1764000076001 implements MigrationInterface {
  readonly name = 'CreatePatrolGround1764000076001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table beat (
        id uuid primary key,
        centre uuid not null,
        names jsonb not null,
        ring text not null check (ring in ('outer', 'inner', 'core')),
        polygon jsonb not null,
        version int not null,
        closed_at timestamptz(3)
      );
      create index beat_centre on beat (centre) where closed_at is null;

      create table patrol_checkpoint (
        id uuid primary key,
        centre uuid not null,
        beat uuid references beat,
        names jsonb not null,
        lng float8 not null,
        lat float8 not null,
        radius_m int not null check (radius_m between 20 and 500),
        dwell_s int not null check (dwell_s between 30 and 3600),
        visits jsonb not null,
        windows jsonb not null,
        forces text[] not null,
        version int not null,
        closed_at timestamptz(3)
      );
      create index patrol_checkpoint_centre on patrol_checkpoint (centre) where closed_at is null;
      create index patrol_checkpoint_beat on patrol_checkpoint (beat) where closed_at is null;

      create table patrol_plan (
        id uuid primary key,
        team uuid not null references team,
        level smallint not null check (level between 1 and 4),
        visit_order text not null check (visit_order in ('free', 'fixed')),
        beats uuid[] not null,
        checkpoints uuid[] not null,
        version int not null,
        constraint patrol_plan_team unique (team, level)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table patrol_plan, patrol_checkpoint, beat');
  }
}
