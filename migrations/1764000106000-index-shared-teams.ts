import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When words of an incident are erased, their copies in incidents that share a team with it are found by this. */
export class IndexSharedTeams1764000106000 implements MigrationInterface {
  readonly name = 'IndexSharedTeams1764000106000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index timeline_shared on timeline ((about ->> 'incident')) where action = 'share-team'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index timeline_shared');
  }
}
