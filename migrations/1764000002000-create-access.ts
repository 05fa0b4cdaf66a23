import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tree of centres, accounts with their credentials, the audit chain, settings, answers kept for repeated requests. */
export class CreateAccess1764000002000 implements MigrationInterface {
  readonly name = 'CreateAccess1764000002000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(AUDIT);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function audit_broken();
      drop function audit_text(audit);
      drop table audit_draft, audit, audit_head, idempotency, lockout, token, session, account, setting, centre;
      drop function audit_chain();
      drop function audit_keep();
    `);
  }
}

const TABLES = `
create table centre (
  id uuid primary key,
  parent uuid references centre,
  level text not null,
  kind text not null,
  code text,
  names jsonb not null,
  aliases text[] not null default '{}',
  anchor float8[] check (cardinality(anchor) = 2),
  bbox float8[] check (cardinality(bbox) = 4),
  sort int not null default 0,
  closed_at timestamptz(3),
  successor uuid references centre,
  version int not null default 1,
  check ((closed_at is null) = (successor is null))
);
create unique index centre_root on centre ((true)) where parent is null;
create index centre_parent on centre (parent);

create table setting (
  key text primary key,
  value jsonb not null
);

create table account (
  id uuid primary key,
  name text not null unique check (name = lower(name)),
  password_hash text,
  role text not null check (role in ('display', 'duty', 'commander', 'staff', 'admin')),
  centre uuid not null references centre,
  otp_secret text,
  otp_step bigint,
  disabled_at timestamptz(3),
  is_simulator boolean not null default false,
  demo boolean not null default false,
  created_at timestamptz(3) not null,
  version int not null default 1,
  changed_at timestamptz not null default clock_timestamp()
);
create index account_changed on account (changed_at);
create index account_centre on account (centre);

create table session (
  id uuid primary key,
  secret_hash bytea not null unique,
  account uuid not null references account,
  created_at timestamptz(3) not null,
  attended_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  revoked_at timestamptz(3),
  changed_at timestamptz not null default clock_timestamp()
);
create index session_account on session (account);
create index session_changed on session (changed_at);
create index session_expires on session (expires_at);
create index session_attended on session (attended_at);

create table token (
  id uuid primary key,
  secret_hash bytea not null unique,
  name text not null,
  centre uuid not null references centre,
  scopes text[] not null,
  account uuid not null references account,
  device uuid,
  created_at timestamptz(3) not null,
  seen_at timestamptz(3),
  expires_at timestamptz(3),
  revoked_at timestamptz(3),
  changed_at timestamptz not null default clock_timestamp()
);
create index token_changed on token (changed_at);
create index token_expires on token (expires_at);

-- Failed sign-ins by hashed subject (an account's name, an address): neither names nor addresses are kept.
create table lockout (
  subject bytea primary key,
  failures int not null default 0,
  since timestamptz(3) not null,
  until timestamptz(3)
);

create table idempotency (
  owner uuid not null,
  key text not null,
  print bytea not null,
  answer jsonb,
  at timestamptz(3) not null,
  primary key (owner, key)
);
create index idempotency_at on idempotency (at);
`;

const AUDIT = `
create table audit_head (
  one boolean primary key default true check (one),
  seq bigint not null default 0,
  hash bytea not null default sha256('')
) with (fillfactor = 50);
insert into audit_head default values;

create table audit (
  seq bigint primary key,
  at timestamptz(3) not null,
  account uuid,
  credential uuid,
  action text not null,
  subject text not null,
  outcome text not null,
  detail jsonb not null,
  hash bytea not null
);
create index audit_at on audit using brin (at);

create table audit_draft (
  draft uuid primary key,
  at timestamptz(3) not null,
  account uuid,
  credential uuid,
  action text not null,
  subject text not null,
  outcome text not null,
  detail jsonb not null
);

create function audit_text(line audit) returns bytea language sql immutable as $$
  select convert_to(jsonb_build_array(line.seq, extract(epoch from line.at) * 1000, line.account, line.credential,
                                      line.action, line.subject, line.outcome, line.detail)::text, 'UTF8')
$$;

-- Like the journal, lines are chained inside the commit: the head is locked from here to the end of the commit.
create function audit_chain() returns trigger language plpgsql as $$
declare
  head audit_head%rowtype;
  line audit%rowtype;
begin
  select * into head from audit_head for update;
  line.seq := head.seq + 1;
  line.at := new.at;
  line.account := new.account;
  line.credential := new.credential;
  line.action := new.action;
  line.subject := new.subject;
  line.outcome := new.outcome;
  line.detail := new.detail;
  line.hash := sha256(head.hash || audit_text(line));
  insert into audit select line.*;
  update audit_head set seq = line.seq, hash = line.hash;
  delete from audit_draft where draft = new.draft;
  return null;
end $$;
create constraint trigger audit_draft_chain after insert on audit_draft
  deferrable initially deferred for each row execute function audit_chain();

create function audit_keep() returns trigger language plpgsql as $$
begin
  raise exception 'the audit is only added to';
end $$;
create trigger audit_kept before update or delete on audit for each row execute function audit_keep();
create trigger audit_kept_whole before truncate on audit for each statement execute function audit_keep();

-- The first line that does not follow from the one before it; null when the chain is whole.
create function audit_broken() returns bigint language plpgsql stable as $$
declare
  line audit%rowtype;
  expected bigint := 1;
  chained bytea := sha256('');
begin
  for line in select * from audit order by seq loop
    chained := sha256(chained || audit_text(line));
    if line.seq <> expected or line.hash <> chained then
      return expected;
    end if;
    expected := expected + 1;
  end loop;
  if exists (select from audit_head h where h.hash <> chained or h.seq <> expected - 1) then
    return expected;
  end if;
  return null;
end $$;
`;
