import { Injectable } from '@nestjs/common';
import {
  type CentreId,
  type ContestState,
  type Force,
  type Id,
  type Names,
  RUNNING_SHIFT_STATES,
  type TeamId,
  type VisitFlag,
  type VisitRefusal,
  type VisitState,
} from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Database } from '../platform/database.js';
import { hasForce, type Outlived } from '../positions/track-retention.js';
import type { Asks } from '../positions/track.query.js';
import type { VisitProof } from './visit.rules.js';

/** What a visit is judged by: written when it is owed, so that a later change of the checkpoint changes no past. */
interface VisitTerms {
  readonly lng: number;
  readonly lat: number;
  readonly radiusM: number;
  readonly dwellS: number;
  readonly forces: readonly Force[];
  readonly isOrdered: boolean;
  /** Missing where it was owed before there were codes. */
  readonly isGpsBlind?: boolean;
}

/** One visit that a shift owes. Instants are ms since 1970. */
export interface VisitRow {
  readonly id: Id;
  readonly plan: Id;
  readonly checkpoint: Id;
  readonly shift: Id;
  readonly team: TeamId;
  readonly centre: CentreId;
  readonly beat: Id | null;
  readonly names: Names;
  readonly windowFrom: number;
  readonly windowTo: number;
  readonly round: number;
  readonly place: number;
  readonly terms: VisitTerms;
  readonly state: VisitState;
  readonly flags: readonly VisitFlag[];
  readonly refusal: VisitRefusal | null;
  readonly proof: VisitProof | null;
  readonly cameAt: number | null;
  readonly leftAt: number | null;
  /** How long it stayed, once its times are purged. */
  readonly stayedS?: number | null;
  readonly forces: readonly Force[];
  readonly contest: ContestRow | null;
  readonly version: number;
}

export interface ContestRow {
  readonly state: ContestState;
  readonly note: string;
  readonly erased?: true;
  readonly by: Id;
  readonly at: number;
  readonly answer: string | null;
  readonly answeredBy: Id | null;
  readonly answeredAt: number | null;
}

export interface VisitFilter {
  readonly centres: readonly CentreId[];
  readonly team: TeamId | undefined;
  readonly shift: Id | undefined;
  /** Ms since 1970; null: of the shifts that are on. */
  readonly span: { readonly from: number; readonly to: number } | null;
}

/** Where a team on shift owes a visit. */
export interface OwedPlace {
  readonly team: TeamId;
  readonly lng: number;
  readonly lat: number;
  readonly radiusM: number;
}

const MOST_VISITS = 5_000;
const ms = (column: string, name: string) => `(extract(epoch from ${column}) * 1000)::float8 as "${name}"`;
const SELECT = `select id, plan, checkpoint, shift, team, centre, beat, names, round, place, terms, state, flags, refusal, proof,
  forces, contest, version, ${ms('window_from', 'windowFrom')}, ${ms('window_to', 'windowTo')},
  ${ms('came_at', 'cameAt')}, ${ms('left_at', 'leftAt')}, stayed_s as "stayedS" from visit`;

@Injectable()
export class VisitRepository {
  constructor(private readonly database: Database) {}

  /** One judgement of a shift at a time, whichever process does it; until the transaction ends. */
  async holdShift(tx: EntityManager, shift: Id): Promise<void> {
    await tx.query("select pg_advisory_xact_lock(hashtextextended('visit:' || $1, 0))", [shift]);
  }

  ofShift(tx: EntityManager, shift: Id): Promise<VisitRow[]> {
    return tx.query(`${SELECT} where shift = $1 order by window_from, place, id`, [shift]);
  }

  ofShifts(shifts: readonly Id[]): Promise<VisitRow[]> {
    return this.database.query(`${SELECT} where shift = any($1) order by window_from, place, id`, [shifts]);
  }

  async find(tx: EntityManager, id: Id): Promise<VisitRow | null> {
    const [row] = await tx.query<VisitRow[]>(`${SELECT} where id = $1`, [id]);
    return row ?? null;
  }

  list({ centres, team, shift, span }: VisitFilter): Promise<VisitRow[]> {
    const within = span
      ? 'window_from < $5 and window_to > $4'
      : 'shift in (select id from patrol_shift where centre = any($1) and state = any($4))';
    const bounds = span ? [new Date(span.from), new Date(span.to)] : [RUNNING_SHIFT_STATES];
    return this.database.query(
      `${SELECT} where centre = any($1) and ${within}
          and ($2::uuid is null or team = $2) and ($3::uuid is null or shift = $3)
        order by window_from, team, place limit ${MOST_VISITS}`,
      [centres, team ?? null, shift ?? null, ...bounds],
    );
  }

  /** Writes what is owed; a visit that is owed already stays as it is. Answers the ids that are new. */
  async insert(tx: EntityManager, rows: readonly VisitRow[]): Promise<Id[]> {
    if (rows.length === 0) return [];
    const made = await tx.query<{ id: Id }[]>(INSERT, [JSON.stringify(rows)]);
    return made.map(({ id }) => id);
  }

  /** Where teams owe visits whose shifts are on at an instant or ended within the hour. */
  owedPlaces(now: number): Promise<OwedPlace[]> {
    return this.database.query(PLACES, [new Date(now)]);
  }

  /** Shifts of a span of which something came in since an instant near a place that they owe, or that owe nothing yet. */
  async shiftsToldOf({ from, to }: { from: number; to: number }, since: number): Promise<Id[]> {
    const rows = await this.database.query<{ id: Id }>(TOLD, [new Date(from), new Date(to), new Date(since)]);
    return rows.map(({ id }) => id);
  }

  /** Changes with every change of what shifts owe: plans, checkpoints, duty levels. */
  async termsNow(): Promise<string> {
    const [row] = await this.database.query<{ terms: string }>(TERMS);
    return row?.terms ?? '';
  }

  /** Takes back what is owed no more; what was made, missed or contested stays. Answers how many that were. */
  async drop(tx: EntityManager, ids: readonly Id[]): Promise<number> {
    const [, count] = await tx.query<[unknown, number]>(
      "delete from visit where id = any($1) and state = 'due' and contest is null",
      [ids],
    );
    return count;
  }

  /** Takes away when teams were at points whose windows were over by then. Safe to repeat. */
  async purgeTimes(to: Asks, { force, before, anyBefore }: Outlived): Promise<void> {
    await to.query(PURGE_TIMES, [force, new Date(before), new Date(anyBefore)]);
  }

  async update(tx: EntityManager, row: VisitRow): Promise<void> {
    await tx.query(UPDATE, [
      row.id,
      row.state,
      row.flags,
      row.refusal,
      row.cameAt === null ? null : new Date(row.cameAt),
      row.leftAt === null ? null : new Date(row.leftAt),
      row.forces,
      row.contest === null ? null : JSON.stringify(row.contest),
      row.version,
      row.proof,
    ]);
  }
}

const INSERT = `
  insert into visit (id, plan, checkpoint, shift, team, centre, beat, names, window_from, window_to, round, place, terms,
                     state, flags, forces, version)
  select id, plan, checkpoint, shift, team, centre, beat, names, to_timestamp("windowFrom" / 1000),
         to_timestamp("windowTo" / 1000), round, place, terms, state, '{}', '{}', version
    from jsonb_to_recordset($1::jsonb) as v(id uuid, plan uuid, checkpoint uuid, shift uuid, team uuid, centre uuid,
         beat uuid, names jsonb, "windowFrom" float8, "windowTo" float8, round int, place int, terms jsonb, state text,
         version int)
  on conflict on constraint visit_owed do nothing
  returning id`;

const UPDATE = `
  update visit set state = $2, flags = $3, refusal = $4, came_at = $5, left_at = $6, forces = $7, contest = $8,
         version = $9, proof = $10
   where id = $1`;

const PURGE_TIMES = `
  update visit v
     set stayed_s = coalesce(round(extract(epoch from left_at - came_at))::int, 0), came_at = null, left_at = null
    from team t
   where t.id = v.team and ((${hasForce('t')} and v.window_to < $2) or v.window_to < $3)
     and (v.came_at is not null or v.left_at is not null)`;

const PLACES = `
  select distinct v.team, (v.terms->>'lng')::float8 as lng, (v.terms->>'lat')::float8 as lat,
         (v.terms->>'radiusM')::int as "radiusM"
    from visit v join patrol_shift s on s.id = v.shift
   where s.starts_at < $1 and s.ends_at > $1 - interval '1 hour' and s.state <> 'called-off'`;

// Fixes first by cells of a thousandth of a degree: a minute of a city's fixes lies in few of them.
const TOLD = `
  with fresh as materialized (
    select distinct team, floor(lng * 1000) as x, floor(lat * 1000) as y from track where received_at >= $3
  ), running as materialized (
    select id, team from patrol_shift s
     where starts_at < $2 and ends_at > $1 and state <> 'called-off'
       and exists (select from patrol_plan p where p.team = s.team)
  ), place as materialized (
    select distinct v.shift, v.team, (v.terms->>'lng')::float8 as lng, (v.terms->>'lat')::float8 as lat,
           (v.terms->>'radiusM')::float8 / 111000 as reach
      from visit v join running r on r.id = v.shift
  )
  select r.id from running r
   where not exists (select from visit v where v.shift = r.id)
      or exists (select from check_in c where c.team = r.team and c.received_at >= $3)
      or r.id in (
        select p.shift from place p join fresh f on f.team = p.team
         where abs((f.y + 0.5) / 1000 - p.lat) <= p.reach + 0.0007
           and abs((f.x + 0.5) / 1000 - p.lng) * cos(radians(p.lat)) <= p.reach + 0.0007)`;

const TERMS = `
  select concat_ws(' ',
    (select concat(count(*), ':', sum(version)) from patrol_plan),
    (select concat(count(*), ':', sum(version)) from patrol_checkpoint),
    (select concat(count(*), ':', sum(version)) from duty_level)) as terms`;
