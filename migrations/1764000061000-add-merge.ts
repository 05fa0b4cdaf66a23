import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Incidents that were the same: an assignment remembers whose it was; places are found by category and latitude. */
export class AddMerge1764000061000 implements MigrationInterface {
  readonly name = 'AddMerge1764000061000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table assignment add column moved_from uuid;
      create index incident_place on incident (category, lat, lng)
        where status in ('reported', 'accepted', 'dispatched', 'handling', 'handled');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index incident_place;
      alter table assignment drop column moved_from;
    `);
  }
}
