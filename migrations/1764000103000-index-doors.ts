import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Alerts of doors are few among all, and asked for every few seconds. */
export class IndexDoors1764000103000 implements MigrationInterface {
  readonly name = 'IndexDoors1764000103000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index alert_door on alert (since) where door is not null');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index alert_door');
  }
}
