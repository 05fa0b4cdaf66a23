import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How often something was imported into a day, so that what comes while it is thinned makes it due again. */
export class CountImports1764000082000 implements MigrationInterface {
  readonly name = 'CountImports1764000082000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table track_day add column imports bigint not null default 0');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table track_day drop column imports');
  }
}
