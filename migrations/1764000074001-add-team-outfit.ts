import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who leads a joint team, what it can do, what it has with it, and where it is posted. */
export class AddTeamOutfit1764000074001 implements MigrationInterface {
  readonly name = 'AddTeamOutfit1764000074001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table team
        add column lead text,
        add column capabilities text[] not null default '{}',
        add column equipment text[] not null default '{}',
        add column post jsonb;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'alter table team drop column lead, drop column capabilities, drop column equipment, drop column post',
    );
  }
}
