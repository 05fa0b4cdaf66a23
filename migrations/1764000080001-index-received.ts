import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What has come in lately is found without reading whole days: fixes lie in the order in which they came. */
export class IndexReceived1764000080001 implements MigrationInterface {
  readonly name = 'IndexReceived1764000080001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'create index track_received on track using brin (received_at) with (pages_per_range = 32, autosummarize = on)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index track_received');
  }
}
