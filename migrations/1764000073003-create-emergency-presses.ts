import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Emergency buttons that were pressed, each once, from the press to the moment when it was let go. */
export class CreateEmergencyPresses1764000073003 implements MigrationInterface {
  readonly name = 'CreateEmergencyPresses1764000073003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table emergency_press (
        id uuid primary key,
        device uuid not null references device,
        team uuid not null references team,
        observed_at timestamptz(3) not null,
        recorded_at timestamptz(3) not null,
        released_at timestamptz(3),
        lng float8,
        lat float8
      );
      create index emergency_press_device on emergency_press (device, observed_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table emergency_press');
  }
}
