import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Deviations of teams on shift as alerts, one that runs per team, kind and device; and the rules they are judged by. */
export class AddDeviations1764000081001 implements MigrationInterface {
  readonly name = 'AddDeviations1764000081001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table alert add column deviation jsonb, add column others uuid[] not null default '{}';
      create unique index alert_deviation_running on alert
        ((deviation->>'team'), (deviation->>'kind'), coalesce(deviation->>'device', ''))
        where deviation is not null and deviation->>'to' is null;
      create index alert_deviation_team on alert ((deviation->>'team'), since desc) where deviation is not null;

      create table deviation_rule (
        kind text not null,
        level smallint check (level between 1 and 4),
        force text,
        mode text,
        after_s int check (after_s between 10 and 86400),
        clear_s int not null check (clear_s between 0 and 3600),
        bound float8,
        constraint deviation_rule_once unique nulls not distinct (kind, level, force, mode)
      );
      create table deviation_book (one boolean primary key default true check (one), version int not null);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table deviation_book, deviation_rule;
      drop index alert_deviation_running, alert_deviation_team;
      alter table alert drop column deviation, drop column others;
    `);
  }
}
