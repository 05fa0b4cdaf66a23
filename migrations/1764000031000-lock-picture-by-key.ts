import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * `journal_append` finds the rows of the picture by their key, one by one. As a join over all of them PostgreSQL read
 * the whole picture for a single fact, whenever it had planned that for a small one. Drafts, which never outlive their
 * transaction, are no longer written ahead.
 */
export class LockPictureByKey1764000031000 implements MigrationInterface {
  readonly name = 'LockPictureByKey1764000031000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table journal_draft set unlogged');
    await runner.query(appendLocking(BY_KEY, 'for update'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table journal_draft set logged');
    await runner.query(appendLocking(BY_JOIN, ''));
  }
}

const BY_JOIN = `
  perform 1
     from (select distinct e.kind, e.id from jsonb_to_recordset(entries) as e(kind text, id uuid)) wanted
     join picture p on p.kind = wanted.kind and p.id = wanted.id
    order by p.kind, p.id
      for update of p;`;

// One fact alone is locked where it is read; several are locked in order of kind and id before any is written.
const BY_KEY = `
  if jsonb_array_length(entries) > 1 then
    for entry in
      select distinct e.kind, e.id from jsonb_to_recordset(entries) as e(kind text, id uuid) order by e.kind, e.id
    loop
      perform 1 from picture p where p.kind = entry.kind and p.id = entry.id for update;
    end loop;
  end if;`;

const appendLocking = (lock: string, held: string): string => `
-- entries: [{ draft, at, fact, kind, id, version, card | null, seenBy }], in the order in which they happened.
create or replace function journal_append(entries jsonb, for_tree int, from_site text) returns void language plpgsql as $$
declare
  entry record;
  held picture%rowtype;
  gone uuid[];
begin
  ${lock}
  for entry in
    select * from jsonb_to_recordset(entries)
      as e(draft uuid, at timestamptz, fact text, kind text, id uuid, version int, card jsonb, "seenBy" uuid[])
  loop
    select * into held from picture p where p.kind = entry.kind and p.id = entry.id ${held};
    gone := '{}';
    if found then
      if entry.version <= held.version then
        raise exception '% % is at version %, an entry came with %', entry.kind, entry.id, held.version, entry.version;
      end if;
      gone := array(select unnest(held.seen_by) except select unnest(entry."seenBy"));
    end if;
    if entry.card is null or jsonb_typeof(entry.card) = 'null' then
      entry.card := null;
      delete from picture p where p.kind = entry.kind and p.id = entry.id;
    else
      insert into picture (kind, id, version, card, seen_by)
      values (entry.kind, entry.id, entry.version, entry.card, entry."seenBy")
      on conflict (kind, id) do update
        set version = excluded.version, card = excluded.card, seen_by = excluded.seen_by;
    end if;
    insert into journal_draft (draft, at, tree, fact, kind, id, version, card, seen_by, left_by, site)
    values (entry.draft, entry.at, for_tree, entry.fact, entry.kind, entry.id, entry.version, entry.card,
            entry."seenBy", gone, from_site);
  end loop;
end $$;
`;
