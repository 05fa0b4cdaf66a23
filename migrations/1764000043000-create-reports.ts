import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reports to the higher centre. The text of one that was sent cannot be changed, by anybody. */
export class CreateReports1764000043000 implements MigrationInterface {
  readonly name = 'CreateReports1764000043000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table report (
        id uuid primary key,
        incident uuid not null references incident,
        number text not null,
        category text not null,
        severity smallint not null,
        kind text not null check (kind in ('first', 'follow-up', 'final')),
        ordinal int not null,
        state text not null check (state in ('wanted', 'draft', 'sent', 'acknowledged')),
        from_centre uuid not null,
        to_centre uuid,
        body jsonb not null,
        due_at timestamptz(3),
        overdue boolean not null default false,
        version int not null,
        by_name text,
        sent_at timestamptz(3),
        acknowledged_at timestamptz(3),
        acknowledged_by text,
        created_at timestamptz(3) not null,
        seen_by uuid[] not null,
        unique (incident, kind, ordinal)
      );
      create index report_open on report (due_at) where state <> 'acknowledged';
      create function report_keep() returns trigger language plpgsql as $$
      begin
        if old.sent_at is not null
           and (tg_op = 'DELETE' or new.body <> old.body or new.sent_at is distinct from old.sent_at) then
          raise exception 'a report that was sent is not changed';
        end if;
        return coalesce(new, old);
      end $$;
      create trigger report_kept before update or delete on report for each row execute function report_keep();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table report; drop function report_keep()');
  }
}
