import type { EntityManager } from 'typeorm';
import { type CentreId, type Force, type Id, isCoarse, METRES_PER_DEGREE, type TeamId } from '@app/shared';
import { metresEast } from './sampled-track.js';
import { reachOf, SILENCE_MS, type Stay, type TrackFix, type VisitArea } from './stays.js';

interface FixRow extends TrackFix {
  readonly device: Id;
  readonly team: TeamId;
}

export interface DeviceFixes {
  readonly device: Id;
  readonly team: TeamId;
  readonly fixes: TrackFix[];
}

/**
 * Every fifth second of what devices told while they were some teams', by device and time; ms since 1970. What was kept
 * only to its cell says nothing of being at a checkpoint, and is left out.
 */
export async function readFixes(
  tx: EntityManager,
  teams: readonly TeamId[],
  { from, to }: { from: number; to: number },
): Promise<DeviceFixes[]> {
  const rows = await tx.query<FixRow[]>(FIXES, [teams, new Date(from), new Date(to)]);
  const tracks = new Map<string, DeviceFixes>();
  for (const { device, team, at, lng, lat } of rows) {
    if (isCoarse([lng, lat])) continue;
    const key = `${device}:${team}`;
    let track = tracks.get(key);
    if (!track) tracks.set(key, (track = { device, team, fixes: [] }));
    track.fixes.push({ at, lng, lat });
  }
  return [...tracks.values()];
}

// Device by device: as a join PostgreSQL reads a whole day for teams that told nothing, by what it guesses of a device.
const FIXES = `
  select t.device, t.team, t.at, t.lng, t.lat
    from (select id, team from device where team = any($1) order by id) d
   cross join lateral (
     select distinct on (floor(extract(epoch from observed_at) / 5))
            device, team, (extract(epoch from observed_at) * 1000)::float8 as at, lng, lat
       from track
      where device = d.id and team = d.team and observed_at >= $2 and observed_at < $3
      order by floor(extract(epoch from observed_at) / 5), observed_at
   ) t`;

/** Another team that was on shift. */
interface CompanionTeam {
  readonly id: TeamId;
  readonly forces: Force[];
}

/** Teams on shift in a span that bring one of the forces, and are of one of the homes or shared with it. */
export async function companionTeams(
  tx: EntityManager,
  { forces, homes }: { forces: readonly Force[]; homes: readonly CentreId[] },
  { team, from, to }: { team: TeamId; from: number; to: number },
): Promise<CompanionTeam[]> {
  const rows = await tx.query<{ id: TeamId; forces: Partial<Record<Force, number>> }[]>(COMPANIONS, [
    team,
    new Date(from),
    new Date(to),
    forces,
    homes,
  ]);
  return rows.map(({ id, forces: counts }) => ({ id, forces: presentForces(counts) }));
}

// Whoever is not shown is left out before the limit, not after it; it lies beyond what one city has on shift.
const COMPANIONS = `
  select distinct t.id, t.forces
    from team t join patrol_shift s on s.team = t.id
   where t.id <> $1 and t.closed_at is null and s.starts_at < $3 and s.ends_at > $2 and s.state <> 'called-off'
     and t.forces ?| $4 and (t.centre = any($5::uuid[]) or t.shared_with && $5::uuid[])
   order by t.id limit 2000`;

/** A time at a place. */
export type StayAt = Stay & { readonly area: VisitArea };

/** Of some teams those with a fix at the place of a stay while it lasted: of others nothing need be read. */
export async function teamsAt(
  tx: EntityManager,
  teams: readonly TeamId[],
  stays: readonly StayAt[],
): Promise<TeamId[]> {
  const around = stays.map(({ from, to, area: { lng, lat, radiusM } }) => {
    const reachM = reachOf(radiusM);
    const [east, north] = [reachM / metresEast(lat), reachM / METRES_PER_DEGREE];
    const bounds = { west: lng - east, east: lng + east, south: lat - north, north: lat + north };
    // Those who were silent meanwhile, and in the place before and after, were there.
    return { from: new Date(from - SILENCE_MS), to: new Date(to + SILENCE_MS), ...bounds };
  });
  const rows = await tx.query<{ team: TeamId }[]>(NEAR, [teams, JSON.stringify(around)]);
  return rows.map(({ team }) => team);
}

// In order of time, so that PostgreSQL goes by the key: it takes a day's first rows for a fair sample of it otherwise.
const NEAR = `
  select distinct d.team
    from device d
   cross join jsonb_to_recordset($2::jsonb) as stay("from" timestamptz, "to" timestamptz, west float8, east float8,
                                                   south float8, north float8)
   cross join lateral (
     select from track
      where device = d.id and team = d.team and observed_at between stay."from" and stay."to"
        and lng between stay.west and stay.east and lat between stay.south and stay.north
      order by observed_at limit 1
   ) fix
   where d.team = any($1)
   order by d.team limit 100`;

export const presentForces = (counts: Partial<Record<Force, number>>): Force[] =>
  (Object.entries(counts) as [Force, number][]).filter(([, count]) => count > 0).map(([force]) => force);
