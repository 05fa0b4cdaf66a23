import type { IncidentId, IncidentStatus, ScopeId, Severity, TeamId } from '@app/shared';
import type { Database } from '../platform/database.js';

/** One fix of a team: the newest of a step. */
export interface SampledFix {
  readonly team: TeamId;
  /** Ms since 1970. */
  readonly at: number;
  readonly lng: number;
  readonly lat: number;
}

export interface SampledWindow {
  readonly from: number;
  readonly to: number;
  readonly stepMs: number;
}

/**
 * The newest fix of each team and step, by team and time. One look into the key per device and step, so the cost follows
 * from what is answered and not from how densely the tracks were told.
 */
const SAMPLE = `
  select d.team, extract(epoch from t.observed_at)::float8 * 1000 as at, t.lng, t.lat
    from device d
    cross join generate_series(0, $4::int - 1) as step
    cross join lateral (
      select observed_at, lng, lat from track
       where track.device = d.id and track.team = d.team
         and track.observed_at >= $2::timestamptz + step * $5::interval
         and track.observed_at < least($2::timestamptz + (step + 1) * $5::interval, $3::timestamptz)
       order by observed_at desc limit 1
    ) t
   where d.team = any($1::uuid[])
   order by d.team, t.observed_at`;

export function sampleTracks(
  database: Database,
  teams: readonly TeamId[],
  { from, to, stepMs }: SampledWindow,
): Promise<SampledFix[]> {
  const steps = Math.ceil((to - from) / stepMs);
  return database.query<SampledFix>(SAMPLE, [
    teams,
    new Date(from),
    new Date(to),
    steps,
    `${stepMs} milliseconds`,
  ]);
}

/** An incident as a scope was told of it, step by step; without a status it left the scope's picture. */
export interface ToldStep {
  readonly id: IncidentId;
  readonly at: number;
  readonly status: IncidentStatus | null;
  readonly severity: Severity | null;
}

/** What scopes were told of incidents until a moment: cards of the journal, which hold no personal data. */
const TOLD = `
  select id, extract(epoch from at)::float8 * 1000 as at,
         case when $2 = any(seen_by) then card->>'status' end as status,
         case when $2 = any(seen_by) then (card->>'severity')::int end as severity
    from journal
   where id = any($1::uuid[]) and kind = 'incident' and ($2 = any(seen_by) or $2 = any(left_by)) and at <= $3
   order by id, seq`;

export function readToldSteps(
  database: Database,
  ids: readonly IncidentId[],
  { scope, to }: { scope: ScopeId; to: number },
): Promise<ToldStep[]> {
  return database.query<ToldStep>(TOLD, [ids, scope, new Date(to)]);
}
