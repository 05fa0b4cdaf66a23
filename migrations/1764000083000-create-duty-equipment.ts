import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the desk of a centre has looked at in each handover, where it has set a list of its own. */
export class CreateDutyEquipment1764000083000 implements MigrationInterface {
  readonly name = 'CreateDutyEquipment1764000083000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table duty_equipment (
        centre uuid primary key references centre,
        version int not null,
        items jsonb not null,
        at timestamptz(3) not null,
        by_account uuid not null,
        by_name text not null
      )
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table duty_equipment');
  }
}
