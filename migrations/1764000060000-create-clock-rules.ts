import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Limits of time by level, category, severity and stage, with the first clocks in them; days that are otherwise. */
export class CreateClockRules1764000060000 implements MigrationInterface {
  readonly name = 'CreateClockRules1764000060000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table sla_rule (
        level text,
        category text,
        severity smallint check (severity between 1 and 4),
        stage text not null,
        kind text not null,
        value float8 not null check (value >= 0),
        unique nulls not distinct (level, category, severity, stage)
      );
      insert into sla_rule (severity, stage, kind, value) values
        (1, 'accept', 'emergency', 5), (2, 'accept', 'emergency', 5),
        (3, 'accept', 'emergency', 15), (4, 'accept', 'emergency', 30),
        (1, 'dispatch', 'emergency', 3), (2, 'dispatch', 'emergency', 3),
        (3, 'dispatch', 'emergency', 10), (4, 'dispatch', 'emergency', 30),
        (1, 'arrive', 'emergency', 5), (2, 'arrive', 'emergency', 5),
        (3, 'arrive', 'emergency', 10), (4, 'arrive', 'emergency', 20),
        (1, 'offer', 'emergency', 5), (2, 'offer', 'emergency', 5),
        (3, 'offer', 'emergency', 15), (4, 'offer', 'emergency', 30),
        (null, 'supervise', 'working', 480), (null, 'follow-up', 'workdays', 5);

      create table work_day (
        date date primary key,
        kind text not null check (kind in ('holiday', 'workday')),
        name text not null
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table work_day, sla_rule');
  }
}
