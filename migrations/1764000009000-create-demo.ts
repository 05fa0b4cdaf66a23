import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The layers of an offline basemap, and who drives the demo city. */
export class CreateDemo1764000009000 implements MigrationInterface {
  readonly name = 'CreateDemo1764000009000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table basemap_layer (
        name text primary key,
        sort int not null,
        is_schematic boolean not null,
        features jsonb not null
      );
      create table drive (
        id uuid primary key,
        version int not null,
        driver text not null,
        since timestamptz(3) not null,
        drill jsonb,
        seed int not null,
        history_from timestamptz(3)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table basemap_layer, drive');
  }
}
