import type { EntityManager } from 'typeorm';
import { type CentreId, type Force, type Id, isCoarse, type TeamId } from '@app/shared';
import type { TrackFix } from './stays.js';

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
  for (const { device, team, ...fix } of rows) {
    if (isCoarse([fix.lng, fix.lat])) continue;
    const key = `${device}:${team}`;
    let track = tracks.get(key);
    if (!track) tracks.set(key, (track = { device, team, fixes: [] }));
    track.fixes.push(fix);
  }
  return [...tracks.values()];
}

const FIXES = `
  select distinct on (t.device, floor(extract(epoch from t.observed_at) / 5))
         t.device, t.team, (extract(epoch from t.observed_at) * 1000)::float8 as at, t.lng, t.lat
    from device d
    join track t on t.device = d.id and t.team = d.team
   where d.team = any($1) and t.observed_at >= $2 and t.observed_at < $3
   order by t.device, floor(extract(epoch from t.observed_at) / 5), t.observed_at`;

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

// Whoever is not shown is left out before the limit, not after it.
const COMPANIONS = `
  select distinct t.id, t.forces
    from team t join patrol_shift s on s.team = t.id
   where t.id <> $1 and t.closed_at is null and s.starts_at < $3 and s.ends_at > $2 and s.state <> 'called-off'
     and t.forces ?| $4 and (t.centre = any($5::uuid[]) or t.shared_with && $5::uuid[])
   order by t.id limit 100`;

export const presentForces = (counts: Partial<Record<Force, number>>): Force[] =>
  (Object.entries(counts) as [Force, number][]).filter(([, count]) => count > 0).map(([force]) => force);
