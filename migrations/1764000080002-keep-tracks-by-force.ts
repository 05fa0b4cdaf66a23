import type { MigrationInterface, QueryRunner } from 'typeorm';

/** For how long each force lets its tracks be kept, and of which forces a day was thinned or erased before its time. */
export class KeepTracksByForce1764000080002 implements MigrationInterface {
  readonly name = 'KeepTracksByForce1764000080002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table force_release
        add column full_days int check (full_days between 1 and 30),
        add column kept_days int not null default 30 check (kept_days between 1 and 30);
      alter table track_day
        add column thinned_for text[] not null default '{}',
        add column erased_for text[] not null default '{}';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table track_day drop column thinned_for, drop column erased_for;
      alter table force_release drop column full_days, drop column kept_days;
    `);
  }
}
