import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Fixes that a device can hardly have meant (impossible jumps, bad clocks): kept apart, never in a track. */
export class KeepFlaggedFixes1764000073001 implements MigrationInterface {
  readonly name = 'KeepFlaggedFixes1764000073001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table track_flagged (
        device uuid not null,
        team uuid not null,
        observed_at timestamptz(3) not null,
        code text not null,
        lng float8 not null,
        lat float8 not null,
        speed float4,
        heading float4,
        received_at timestamptz(3) not null,
        primary key (device, observed_at, code)
      );
      create index track_flagged_received on track_flagged (received_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table track_flagged');
  }
}
