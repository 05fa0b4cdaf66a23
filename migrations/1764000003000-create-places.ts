import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Geometry of centres, grids and key sites: GeoJSON in WGS 84, read into an index in memory. */
export class CreatePlaces1764000003000 implements MigrationInterface {
  readonly name = 'CreatePlaces1764000003000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table area (
        centre uuid primary key,
        geometry jsonb not null,
        demo boolean not null default false
      );
      create table grid (
        code text primary key,
        kind text not null,
        centre uuid not null,
        geometry jsonb not null,
        anchor float8[] not null check (cardinality(anchor) = 2),
        demo boolean not null default false
      );
      create index grid_centre on grid (centre);
      create table key_site (
        id uuid primary key,
        names jsonb not null,
        kind text not null,
        position float8[] not null check (cardinality(position) = 2),
        circle smallint not null check (circle in (1, 3, 5)),
        demo boolean not null default false
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table key_site, grid, area');
  }
}
