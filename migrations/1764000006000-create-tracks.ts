import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where devices were, in partitions by UTC day that are made ahead; and what became of each day. */
export class CreateTracks1764000006000 implements MigrationInterface {
  readonly name = 'CreateTracks1764000006000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table track (
        device uuid not null,
        team uuid not null,
        observed_at timestamptz(3) not null,
        lng float8 not null,
        lat float8 not null,
        speed float4,
        heading float4,
        received_at timestamptz(3) not null,
        primary key (device, observed_at)
      ) partition by range (observed_at);

      create table track_day (
        day date primary key,
        thinned_at timestamptz(3)
      );

      -- The partition of one UTC day. Made beside the table and then attached: that waits for no writer.
      create function track_make_day(wanted date) returns void language plpgsql as $$
      declare
        part text := 'track_' || to_char(wanted, 'YYYYMMDD');
      begin
        perform pg_advisory_xact_lock(7201122);
        if to_regclass(part) is not null then
          return;
        end if;
        execute format('create table %I (like track including all)', part);
        execute format(
          'alter table track attach partition %I for values from (%L) to (%L)',
          part, wanted::text || ' 00:00:00+00', (wanted + 1)::text || ' 00:00:00+00');
        insert into track_day (day) values (wanted) on conflict do nothing;
      end $$;

      -- Keeps the first fix of each device in each minute of a day.
      create function track_thin_day(wanted date, at timestamptz) returns bigint language plpgsql as $$
      declare
        removed bigint;
      begin
        execute format(
          'delete from %I t using (
             select device, observed_at,
                    row_number() over (partition by device, date_trunc(''minute'', observed_at) order by observed_at) as place
               from %1$I
           ) d
           where d.place > 1 and d.device = t.device and d.observed_at = t.observed_at',
          'track_' || to_char(wanted, 'YYYYMMDD'));
        get diagnostics removed = row_count;
        update track_day set thinned_at = at where day = wanted;
        return removed;
      end $$;

      select track_make_day(current_date + days) from generate_series(-31, 3) as days;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table track, track_day;
      drop function track_make_day(date);
      drop function track_thin_day(date, timestamptz);
    `);
  }
}
