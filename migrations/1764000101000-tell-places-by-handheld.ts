import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Devices that are a crew's own handheld: by the name that the page made for its machine; each in use once a team. */
export class TellPlacesByHandheld1764000101000 implements MigrationInterface {
  readonly name = 'TellPlacesByHandheld1764000101000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table device add column handheld uuid;
      create unique index device_handheld on device (team, handheld) where handheld is not null and revoked_at is null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table device drop column handheld');
  }
}
