import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Visits that shifts owe to checkpoints, each once, and what became of them. */
export class CreateVisits1764000076002 implements MigrationInterface {
  readonly name = 'CreateVisits1764000076002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table visit (
        id uuid primary key,
        plan uuid not null,
        checkpoint uuid not null references patrol_checkpoint,
        shift uuid not null references patrol_shift,
        team uuid not null references team,
        centre uuid not null,
        beat uuid,
        names jsonb not null,
        window_from timestamptz(3) not null,
        window_to timestamptz(3) not null,
        round int not null,
        place int not null,
        terms jsonb not null,
        state text not null check (state in ('due', 'done', 'missed', 'refused')),
        flags text[] not null,
        refusal text,
        came_at timestamptz(3),
        left_at timestamptz(3),
        forces text[] not null,
        contest jsonb,
        version int not null,
        constraint visit_owed unique (shift, team, plan, checkpoint, window_from, window_to)
      ) with (fillfactor = 80);
      create index visit_centre on visit (centre, window_from);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table visit');
  }
}
