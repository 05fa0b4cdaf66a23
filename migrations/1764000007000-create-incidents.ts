import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Incidents, their teams, their timeline, and the counters of their numbers. No caller, no person. */
export class CreateIncidents1764000007000 implements MigrationInterface {
  readonly name = 'CreateIncidents1764000007000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(INCIDENT);
    await runner.query(ASSIGNMENT);
    await runner.query(TIMELINE);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table incident_number, timeline, assignment, incident');
  }
}

const INCIDENT = `
create table incident (
  id uuid primary key,
  number text not null unique,
  category text not null,
  severity smallint not null check (severity between 1 and 4),
  status text not null,
  version int not null,
  centre uuid not null,
  origin uuid not null,
  former uuid[] not null default '{}',
  lng float8 not null,
  lat float8 not null,
  grid text,
  place text,
  description text,
  source text not null,
  reporter uuid not null,
  external_id text,
  occurred_at timestamptz(3) not null,
  recorded_at timestamptz(3) not null,
  status_at timestamptz(3) not null,
  accepted_at timestamptz(3),
  dispatched_at timestamptz(3),
  arrived_at timestamptz(3),
  handled_at timestamptz(3),
  closed_at timestamptz(3),
  due_stage text,
  due_at timestamptz(3),
  soon_at timestamptz(3),
  accept_due_at timestamptz(3),
  arrive_due_at timestamptz(3),
  simulated boolean not null default false,
  imported boolean not null default false,
  demo boolean not null default false,
  seen_by uuid[] not null
) with (fillfactor = 80);
create unique index incident_external_id on incident (reporter, external_id) where external_id is not null;
create index incident_newest on incident (occurred_at desc, id desc);
create index incident_centre on incident (centre, occurred_at desc, id desc);
create index incident_grid on incident (grid, category, occurred_at) where grid is not null;
create index incident_open on incident (status, occurred_at) where status not in ('closed', 'rejected', 'merged');
create index incident_accepted on incident (accepted_at) where accepted_at is not null;
create index incident_arrived on incident (arrived_at) where arrived_at is not null;
create index incident_seen_by on incident using gin (seen_by);

create table incident_number (
  root uuid not null,
  year int not null,
  last int not null,
  primary key (root, year)
);
`;

const ASSIGNMENT = `
create table assignment (
  id uuid primary key,
  incident uuid not null references incident,
  position int not null,
  team uuid not null,
  call_sign text not null,
  step text not null,
  times jsonb not null,
  flags text[] not null default '{}',
  opened_at timestamptz(3) not null,
  ended_at timestamptz(3),
  unique (incident, position)
) with (fillfactor = 80);
create unique index assignment_open on assignment (team, incident) where ended_at is null;
`;

const TIMELINE = `
create table timeline (
  id uuid primary key,
  incident uuid not null references incident,
  version int not null,
  position int not null,
  fact text not null,
  action text not null,
  team uuid,
  call_sign text,
  by_account uuid not null,
  by_name text not null,
  occurred_at timestamptz(3) not null,
  recorded_at timestamptz(3) not null,
  reason text,
  note text,
  derived boolean not null default false,
  flags text[] not null default '{}',
  external_id text,
  unique (incident, version, position)
);
create unique index timeline_external_id on timeline (incident, by_account, external_id)
  where external_id is not null;
`;
