import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How widely an incident is read, and the coarse place that stands on the card of a sensitive one. A card of it that is
 * not masked is refused, also from a process that does not know of labels yet.
 */
export class AddLabel1764000070000 implements MigrationInterface {
  readonly name = 'AddLabel1764000070000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table incident
        add column label text not null default 'internal' check (label in ('internal', 'sensitive')),
        add column coarse_lng float8,
        add column coarse_lat float8,
        add constraint incident_coarse check (label = 'internal' or (coarse_lng is not null and coarse_lat is not null));

      create index checkpoint_item_entity on checkpoint_item (id);

      create function incident_masked() returns trigger language plpgsql as $$
      begin
        if exists (select from incident i where i.id = new.id and i.label = 'sensitive') then
          raise exception 'the card of a sensitive incident is masked' using errcode = '40001';
        end if;
        return new;
      end $$;
      create trigger journal_draft_masked before insert on journal_draft for each row
        when (new.kind = 'incident' and new.card is not null and not new.card ? 'masked')
        execute function incident_masked();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger journal_draft_masked on journal_draft;
      drop function incident_masked();
      drop index checkpoint_item_entity;
      alter table incident drop constraint incident_coarse, drop column label, drop column coarse_lng,
        drop column coarse_lat;
    `);
  }
}
