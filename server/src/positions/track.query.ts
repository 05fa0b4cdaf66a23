import { float4Array, float8Array, instantArray, uuidArray } from './array-bytes.js';
import type { FleetFix } from './fleet.js';
import type { FlaggedFix, StoredFix } from './position.rules.js';

/** Anything that answers statements: the pool, a connection of one's own, a transaction. */
export interface Asks {
  query(sql: string, parameters?: unknown[]): Promise<unknown>;
}

export interface TrackPoint {
  readonly device: string;
  readonly observedAt: number;
  readonly lng: number;
  readonly lat: number;
  readonly speedKmh: number | null;
  readonly headingDeg: number | null;
}

/** Stores fixes in one statement, so in one commit; those that are there already stay as they are. */
export async function insertFixes(to: Asks, fixes: readonly StoredFix[]): Promise<void> {
  await to.query(`${INSERT} on conflict do nothing`, columnsOf(fixes));
}

/**
 * Stores fixes that are most likely new, for a third less: PostgreSQL does not look each up beforehand.
 * @returns false, with none stored, when one of them was there already or is told twice
 */
export async function insertNewFixes(to: Asks, fixes: readonly StoredFix[]): Promise<boolean> {
  try {
    await to.query(INSERT, columnsOf(fixes));
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === UNIQUE_VIOLATION) return false;
    throw error;
  }
}

/** Stores fixes that are kept apart, each once for each reason. */
export async function insertFlagged(to: Asks, flagged: readonly FlaggedFix[]): Promise<void> {
  const columns = columnsOf(flagged.map(({ fix }) => fix));
  await to.query(INSERT_FLAGGED, [...columns, flagged.map(({ code }) => code)]);
}

function columnsOf(fixes: readonly StoredFix[]): Buffer[] {
  return [
    uuidArray(fixes.map(({ device }) => device)),
    uuidArray(fixes.map(({ team }) => team)),
    instantArray(fixes.map(({ observedAt }) => observedAt)),
    float8Array(fixes.map(({ lng }) => lng)),
    float8Array(fixes.map(({ lat }) => lat)),
    float4Array(fixes.map(({ speedKmh }) => speedKmh)),
    float4Array(fixes.map(({ headingDeg }) => headingDeg)),
    instantArray(fixes.map(({ receivedAt }) => receivedAt)),
  ];
}

const UNIQUE_VIOLATION = '23505';

const INSERT = `
  insert into track (device, team, observed_at, lng, lat, speed, heading, received_at)
  select * from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::float8[], $5::float8[], $6::float4[],
                       $7::float4[], $8::timestamptz[])`;

const INSERT_FLAGGED = `
  insert into track_flagged (device, team, observed_at, lng, lat, speed, heading, received_at, code)
  select * from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::float8[], $5::float8[], $6::float4[],
                       $7::float4[], $8::timestamptz[], $9::text[])
  on conflict do nothing`;

/** Drops what was kept apart and came before `ms`. */
export async function dropFlagged(to: Asks, ms: number): Promise<void> {
  await to.query('delete from track_flagged where received_at < $1', [new Date(ms)]);
}

/** The newest fix of every device in use since `since` (ms): a look into the key per device. */
export async function readLastFixes(from: Asks, since: number): Promise<FleetFix[]> {
  const rows = (await from.query(LAST_FIXES, [new Date(since)])) as LastRow[];
  return rows.map(({ speed, heading, observed, received, ...fix }) => ({
    ...fix,
    speedKmh: speed ?? NaN,
    headingDeg: heading ?? NaN,
    observedAt: observed,
    receivedAt: received,
  }));
}

interface LastRow {
  readonly team: string;
  readonly lng: number;
  readonly lat: number;
  readonly speed: number | null;
  readonly heading: number | null;
  readonly observed: number;
  readonly received: number;
}

const LAST_FIXES = `
  select d.team, t.lng, t.lat, t.speed, t.heading,
         extract(epoch from t.observed_at)::float8 * 1000 as observed,
         extract(epoch from t.received_at)::float8 * 1000 as received
    from device d
    cross join lateral (
      select * from track where track.device = d.id and track.observed_at >= $1
       order by track.observed_at desc limit 1
    ) t
   where d.revoked_at is null`;

export interface TrackWindow {
  readonly team: string;
  /** Ms since 1970, both inclusive. */
  readonly from: number;
  readonly to: number;
  readonly limit: number;
  /** The last point already read. */
  readonly after: { readonly observedAt: number; readonly device: string } | undefined;
}

/** A team's points by time, then by device; through the key of each device that it has or had. */
export async function readTrack(from: Asks, window: TrackWindow): Promise<TrackPoint[]> {
  const { team, to, limit, after } = window;
  return (await from.query(TRACK, [
    team,
    new Date(window.from),
    new Date(to),
    limit,
    after ? new Date(after.observedAt) : null,
    after?.device ?? null,
  ])) as TrackPoint[];
}

const TRACK = `
  select t.device, extract(epoch from t.observed_at)::float8 * 1000 as "observedAt", t.lng, t.lat,
         t.speed as "speedKmh", t.heading as "headingDeg"
    from device d
    join track t on t.device = d.id and t.team = d.team
   where d.team = $1 and t.observed_at between $2 and $3
     and ($5::timestamptz is null or (t.observed_at, t.device) > ($5, $6::uuid))
   order by t.observed_at, t.device
   limit $4`;

/** Makes the partitions of these UTC days (`YYYY-MM-DD`) where they are missing; any process may. */
export async function makeDays(to: Asks, days: readonly string[]): Promise<void> {
  await to.query('select track_make_day(day) from unnest($1::date[]) as day', [days]);
}

/** Marks days as having more than one fix a minute again, since something was imported into them. */
export async function markUnthinned(to: Asks, days: readonly string[]): Promise<void> {
  await to.query(
    `update track_day set thinned_at = null, thinned_for = '{}', erased_for = '{}', imports = imports + 1
      where day = any($1::date[])`,
    [days],
  );
}

/** A day that is to be tidied, and how often something had been imported into it when that was read. */
export interface DueDay {
  readonly day: string;
  readonly imports: string;
}

/** Days before `day` that still hold every fix, oldest first. */
export async function readUnthinned(from: Asks, day: string): Promise<DueDay[]> {
  const rows = await from.query(
    'select day::text, imports::text from track_day where thinned_at is null and day < $1 order by day',
    [day],
  );
  return rows as DueDay[];
}

/**
 * Keeps one fix per device and minute of a day, gives the disk of the others back, and then notes the day as thinned:
 * one that was cut short, or imported into since it was read, is due again. Answers how many were removed. Readers of
 * this one day wait meanwhile. Not inside a transaction.
 */
export async function thinDay(to: Asks, { day, imports }: DueDay, at: number): Promise<number> {
  const [row] = (await to.query('select track_thin_day($1, null) as removed', [day])) as {
    removed: number;
  }[];
  await to.query(`vacuum (full, analyze) ${partOf(day)}`);
  await to.query('update track_day set thinned_at = $2 where day = $1 and imports = $3', [
    day,
    new Date(at),
    imports,
  ]);
  return row?.removed ?? 0;
}

/** Days before `day` that are still there, oldest first. */
export async function readDaysBefore(from: Asks, day: string): Promise<string[]> {
  const rows = await from.query('select day::text from track_day where day < $1 order by day', [day]);
  return (rows as { day: string }[]).map((row) => row.day);
}

/**
 * Drops a day. Detached first, concurrently, so that neither writers nor readers wait; a detachment that was cut
 * short is finished. Not inside a transaction.
 */
export async function dropDay(to: Asks, day: string): Promise<void> {
  const part = partOf(day);
  const [held] = (await to.query(
    'select inhdetachpending as pending from pg_inherits where inhrelid = to_regclass($1)',
    [part],
  )) as { pending: boolean }[];
  if (held)
    await to.query(
      `alter table track detach partition ${part} ${held.pending ? 'finalize' : 'concurrently'}`,
    );
  await to.query(`drop table if exists ${part}`);
  await to.query('delete from track_day where day = $1', [day]);
}

/** The partition of a day. Its name becomes a part of statements, so nothing else passes. */
export function partOf(day: string): string {
  const part = `track_${day.replaceAll('-', '')}`;
  if (!/^track_\d{8}$/.test(part)) throw new RangeError(`a day YYYY-MM-DD wanted, ${day} seen`);
  return part;
}

/** The UTC day of an instant, `YYYY-MM-DD`. */
export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
