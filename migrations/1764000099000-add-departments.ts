import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The departments of a centre, and their sendings beside those of teams. No person, no telephone number. */
export class AddDepartments1764000099000 implements MigrationInterface {
  readonly name = 'AddDepartments1764000099000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table department_list (
        centre uuid primary key references centre,
        version int not null,
        items jsonb not null,
        at timestamptz(3) not null,
        by_account uuid,
        by_name text
      );
      alter table assignment add column department jsonb;
      alter table assignment alter column team drop not null;
      alter table assignment add constraint assignment_assignee check (num_nonnulls(team, department) = 1);
      create unique index assignment_department_open on assignment ((department ->> 'id'), incident)
        where ended_at is null and department is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from assignment where team is null;
      alter table assignment drop column department;
      alter table assignment alter column team set not null;
      drop table department_list;
    `);
  }
}
