import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A connection keeps the plans of `journal_append` as long as PostgreSQL finds nothing new in its statistics: one that
 * had planned for a small picture would go on reading all of it while it grows.
 */
export class AppendByIndex1764000051000 implements MigrationInterface {
  readonly name = 'AppendByIndex1764000051000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter function journal_append(jsonb, int, text) set enable_seqscan = off');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter function journal_append(jsonb, int, text) reset enable_seqscan');
  }
}
