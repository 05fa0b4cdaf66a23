import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why a duty level was lifted stands in its row, where it can be erased: what was told before is in the audit alone. */
export class KeepLiftReasons1764000104000 implements MigrationInterface {
  readonly name = 'KeepLiftReasons1764000104000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table duty_level add column lift_reason text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table duty_level drop column lift_reason');
  }
}
