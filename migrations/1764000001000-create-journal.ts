import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The durable lane: counter, journal, audience index, picture, checkpoints, and the trigger that numbers at commit. */
export class CreateJournal1764000001000 implements MigrationInterface {
  readonly name = 'CreateJournal1764000001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(NUMBER);
    await runner.query(APPEND);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table journal_draft, checkpoint_item, checkpoint, picture, journal_scope, journal, counter;
      drop function journal_append(jsonb, int, text);
      drop function journal_number();
      drop function journal_extend(bigint);
    `);
  }
}

const TABLES = `
create table counter (
  one boolean primary key default true check (one),
  seq bigint not null default 0,
  mark int not null default floor(random() * 2147483647)::int,
  at timestamptz(3) not null default 'epoch',
  tree int not null default 1
) with (fillfactor = 50);
insert into counter default values;

create table journal (
  seq bigint not null,
  mark int not null,
  at timestamptz(3) not null,
  tree int not null,
  fact text not null,
  kind text not null,
  id uuid not null,
  version int not null,
  card jsonb,
  seen_by uuid[] not null,
  left_by uuid[] not null,
  site text not null,
  schema smallint not null,
  primary key (seq)
) partition by range (seq);
create index journal_entity on journal (id, seq);
create index journal_at on journal using brin (at);

create table journal_scope (
  scope uuid not null,
  seq bigint not null,
  gone boolean not null,
  primary key (scope, seq)
) partition by range (seq);

create table picture (
  kind text not null,
  id uuid not null,
  version int not null,
  card jsonb not null,
  seen_by uuid[] not null,
  primary key (kind, id)
) with (fillfactor = 70);

create table checkpoint (
  seq bigint primary key,
  at timestamptz(3) not null,
  tree int not null,
  reason text not null,
  digest text not null
);
create table checkpoint_item (
  seq bigint not null references checkpoint on delete cascade,
  kind text not null,
  id uuid not null,
  version int not null,
  card jsonb not null,
  seen_by uuid[] not null,
  primary key (seq, kind, id)
);

create table journal_draft (
  draft uuid primary key,
  at timestamptz(3) not null,
  tree int not null,
  fact text not null,
  kind text not null,
  id uuid not null,
  version int not null,
  card jsonb,
  seen_by uuid[] not null,
  left_by uuid[] not null,
  site text not null
);

-- Partitions of one million entries, made ahead: nothing may fail for want of one.
create function journal_extend(upto bigint) returns void language plpgsql as $$
declare
  span constant bigint := 1000000;
  part bigint;
begin
  perform pg_advisory_xact_lock(7201121);
  for part in 0 .. upto / span loop
    if to_regclass('journal_p' || part) is null then
      execute format('create table journal_p%s partition of journal for values from (%s) to (%s)', part, part * span, (part + 1) * span);
      execute format('create table journal_scope_p%s partition of journal_scope for values from (%s) to (%s)', part, part * span, (part + 1) * span);
    end if;
  end loop;
end $$;
select journal_extend(1999999);
`;

const NUMBER = `
-- Runs inside the commit: the counter row is locked from here to the end of the commit and no longer, so numbers
-- are gapless and in commit order, and no client round trip lies between the lock and the commit.
create function journal_number() returns trigger language plpgsql as $$
declare
  numbered counter%rowtype;
begin
  update counter
     set seq = seq + 1, at = greatest(at, new.at), mark = floor(random() * 2147483647)::int
   where tree = new.tree
  returning * into numbered;
  if not found then
    raise exception 'the tree changed while an audience was computed' using errcode = '40001';
  end if;
  insert into journal (seq, mark, at, tree, fact, kind, id, version, card, seen_by, left_by, site, schema)
  values (numbered.seq, numbered.mark, numbered.at, new.tree, new.fact, new.kind, new.id, new.version, new.card,
          new.seen_by, new.left_by, new.site, 1);
  insert into journal_scope (scope, seq, gone)
  select scope, numbered.seq, false from unnest(new.seen_by) scope
  union all
  select scope, numbered.seq, true from unnest(new.left_by) scope;
  delete from journal_draft where draft = new.draft;
  return null;
end $$;

create constraint trigger journal_draft_number after insert on journal_draft
  deferrable initially deferred for each row execute function journal_number();
`;

const APPEND = `
-- entries: [{ draft, at, fact, kind, id, version, card | null, seenBy }], in the order in which they happened.
create function journal_append(entries jsonb, for_tree int, from_site text) returns void language plpgsql as $$
declare
  entry record;
  held picture%rowtype;
  gone uuid[];
begin
  perform 1
     from (select distinct e.kind, e.id from jsonb_to_recordset(entries) as e(kind text, id uuid)) wanted
     join picture p on p.kind = wanted.kind and p.id = wanted.id
    order by p.kind, p.id
      for update of p;
  for entry in
    select * from jsonb_to_recordset(entries)
      as e(draft uuid, at timestamptz, fact text, kind text, id uuid, version int, card jsonb, "seenBy" uuid[])
  loop
    select * into held from picture p where p.kind = entry.kind and p.id = entry.id;
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
