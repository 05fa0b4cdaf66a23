import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Texts of the desk and of reports can be erased, and nothing else of what was written: that it was written stays. */
export class EraseTexts1764000070100 implements MigrationInterface {
  readonly name = 'EraseTexts1764000070100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table duty_log add column erased_at timestamptz(3);
      alter table instruction_text add column erased_at timestamptz(3);
      alter table duty_shift add column erased_at timestamptz(3);
      alter table report add column erased_at timestamptz(3);
      create index duty_log_unerased on duty_log (recorded_at) where erased_at is null;
      create index instruction_text_unerased on instruction_text (parent) where erased_at is null;
      create index duty_shift_unerased on duty_shift (ended_at) where erased_at is null and ended_at is not null;

      create or replace function duty_log_keep() returns trigger language plpgsql as $$
      begin
        if tg_op = 'UPDATE' and new.text = '' and old.erased_at is null and new.erased_at is not null
           and to_jsonb(new) - array['text', 'erased_at'] = to_jsonb(old) - array['text', 'erased_at'] then
          return new;
        end if;
        raise exception 'the duty log is only added to';
      end $$;

      create or replace function report_keep() returns trigger language plpgsql as $$
      begin
        if old.sent_at is not null
           and (tg_op = 'DELETE' or new.sent_at is distinct from old.sent_at
                or (new.body <> old.body and (new.erased_at is null or new.erased_at is not distinct from old.erased_at))) then
          raise exception 'a report that was sent is not changed';
        end if;
        return coalesce(new, old);
      end $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create or replace function duty_log_keep() returns trigger language plpgsql as $$
      begin
        raise exception 'the duty log is only added to';
      end $$;
      create or replace function report_keep() returns trigger language plpgsql as $$
      begin
        if old.sent_at is not null
           and (tg_op = 'DELETE' or new.body <> old.body or new.sent_at is distinct from old.sent_at) then
          raise exception 'a report that was sent is not changed';
        end if;
        return coalesce(new, old);
      end $$;
      alter table report drop column erased_at;
      alter table duty_shift drop column erased_at;
      alter table instruction_text drop column erased_at;
      alter table duty_log drop column erased_at;
    `);
  }
}
