import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Through which door a device last spoke, and alerts of doors that are silent: one that runs for each. */
export class AddDoorSilence1764000088000 implements MigrationInterface {
  readonly name = 'AddDoorSilence1764000088000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table device_seen add column door text;
      alter table alert add column door jsonb;
      create unique index alert_door_running on alert ((door->>'door'))
        where door is not null and door->>'to' is null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index alert_door_running;
      alter table alert drop column door;
      alter table device_seen drop column door;
    `);
  }
}
