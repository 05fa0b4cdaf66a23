import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a checkpoint is for: visits that are owed, control of a way, or a post. */
export class AddPointKind1764000079000 implements MigrationInterface {
  readonly name = 'AddPointKind1764000079000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `alter table patrol_checkpoint add kind text not null default 'checkpoint'
         check (kind in ('checkpoint', 'control', 'post'))`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table patrol_checkpoint drop kind');
  }
}
