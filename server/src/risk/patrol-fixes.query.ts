import type { Id, PositionDoor, TeamId } from '@app/shared';
import type { Database } from '../platform/database.js';
import type { SeenFix } from './team-watch.rules.js';

/** Every fifth second of what teams' devices told after some moments each, by team and time; ms since 1970. */
export async function fixesSince(
  database: Database,
  since: readonly { readonly team: TeamId; readonly at: number }[],
  until: number,
): Promise<Map<TeamId, SeenFix[]>> {
  const rows = await database.query<SeenFix & { team: TeamId }>(FIXES, [
    since.map(({ team }) => team),
    since.map(({ at }) => new Date(at)),
    new Date(until),
  ]);
  const byTeam = new Map<TeamId, SeenFix[]>();
  for (const { team, speedKmh, ...fix } of rows) {
    let fixes = byTeam.get(team);
    if (!fixes) byTeam.set(team, (fixes = []));
    fixes.push({ ...fix, speedKmh: speedKmh ?? NaN });
  }
  return byTeam;
}

const FIXES = `
  select w.team, (extract(epoch from f.observed_at) * 1000)::float8 as at, f.lng, f.lat, f.speed as "speedKmh"
    from unnest($1::uuid[], $2::timestamptz[]) as w(team, since)
    join device d on d.team = w.team
   cross join lateral (
     select distinct on (floor(extract(epoch from t.observed_at) / 5)) t.observed_at, t.lng, t.lat, t.speed
       from track t
      where t.device = d.id and t.team = w.team and t.observed_at > w.since and t.observed_at <= $3
      order by floor(extract(epoch from t.observed_at) / 5), t.observed_at
   ) f
   order by w.team, f.observed_at`;

/** Of some teams, those of which something came in lately that is of before a moment each; ms since 1970. */
export async function toldLate(
  database: Database,
  before: readonly { readonly team: TeamId; readonly at: number }[],
  { receivedFrom, observedFrom }: { receivedFrom: number; observedFrom: number },
): Promise<TeamId[]> {
  const rows = await database.query<{ team: TeamId }>(LATE, [
    before.map(({ team }) => team),
    before.map(({ at }) => new Date(at)),
    new Date(receivedFrom),
    new Date(observedFrom),
  ]);
  return rows.map(({ team }) => team);
}

const LATE = `
  select distinct w.team
    from unnest($1::uuid[], $2::timestamptz[]) as w(team, before)
    join track t on t.team = w.team and t.observed_at < w.before
   where t.received_at >= $3 and t.observed_at >= $4`;

/** A device in use; ms since 1970. */
export interface ListenedDevice {
  readonly id: Id;
  readonly team: TeamId;
  readonly createdAt: number;
  /** When it last told anything; null: never. */
  readonly seenAt: number | null;
  /** What it spoke through then. */
  readonly door: PositionDoor | null;
}

/** The devices in use of some teams; a crew's handheld tells as long as they like, and its silence says nothing. */
export function devicesOf(database: Database, teams: readonly TeamId[]): Promise<ListenedDevice[]> {
  return database.query<ListenedDevice>(DEVICES, [teams]);
}

const DEVICES = `
  select d.id, d.team, (extract(epoch from d.created_at) * 1000)::float8 as "createdAt",
         (extract(epoch from s.seen_at) * 1000)::float8 as "seenAt", s.door
    from device d left join device_seen s on s.device = d.id
   where d.team = any($1) and d.revoked_at is null and d.handheld is null
   order by d.id`;
