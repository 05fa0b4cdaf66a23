import { type IncidentCard, LONGEST_REPLAY_MS, type ReplayIncident, type ReplayTrack } from '@app/shared';
import type { IncidentRow } from '../incidents/incident.table.js';
import { leaderOf } from '../teams/team.rules.js';
import type { TeamRow } from '../teams/team.table.js';
import { placeUnder } from '../positions/track-grain.rules.js';
import type { SampledFix, ToldStep } from './replay.query.js';

/** Points that one answer holds at most, over all teams. */
const MOST_POINTS = 120_000;
const MICRO = 1e6;

/** Whether a window (ms since 1970) can be replayed. */
export const isReplayable = (from: number, to: number): boolean =>
  from < to && to - from <= LONGEST_REPLAY_MS;

/** How far apart the fixes of an answer are, ms: whole seconds, so that it holds no more points than one may. */
export const stepOf = (spanMs: number, teams: number): number =>
  1_000 * Math.max(1, Math.ceil((spanMs * teams) / MOST_POINTS / 1_000));

/** Fixes by team as columns; a team without any is not there. `fixes` by team and time. */
export function tracksOf(
  teams: readonly TeamRow[],
  fixes: readonly SampledFix[],
  from: number,
): ReplayTrack[] {
  const byTeam = new Map<string, SampledFix[]>();
  for (const fix of fixes) {
    const held = byTeam.get(fix.team);
    if (held) held.push(fix);
    else byTeam.set(fix.team, [fix]);
  }
  return teams.flatMap((team) => {
    const held = byTeam.get(team.id)?.map((fix) => placeUnder(team.grain, fix));
    if (!held) return [];
    return {
      id: team.id,
      callSign: team.callSign,
      lead: leaderOf(team),
      mode: team.mode,
      at: held.map(({ at }) => Math.round(at - from)),
      lng: held.map(({ lng }) => Math.round(lng * MICRO)),
      lat: held.map(({ lat }) => Math.round(lat * MICRO)),
    };
  });
}

/** An incident as it was told; one that was taken over from elsewhere was told to nobody, so its own times speak. */
export function replayedIncident(
  { id, number, category, lng, lat }: IncidentCard,
  { row, told, from }: { row: IncidentRow; told: readonly ToldStep[] | undefined; from: number },
): ReplayIncident {
  const steps = withSeverity(told ?? ownSteps(row));
  return {
    id,
    number,
    category,
    lng,
    lat,
    steps: steps
      .map(({ at, status, severity }) => ({ at: Math.round(at - from), status, severity }))
      .filter((step, i, all) => step.status !== all[i - 1]?.status || step.severity !== all[i - 1]?.severity),
  };
}

/** A step out of the picture keeps the severity of the one before; nothing leaves that was not there. */
function withSeverity(told: readonly Omit<ToldStep, 'id'>[]): ReplayIncident['steps'] {
  const steps: ReplayIncident['steps'] = [];
  for (const { at, status, severity } of told) {
    const known = severity ?? steps.at(-1)?.severity;
    if (known !== undefined) steps.push({ at, status, severity: known });
  }
  return steps;
}

function ownSteps(row: IncidentRow): Omit<ToldStep, 'id'>[] {
  const { severity } = row;
  const times = [
    [row.occurredAt, 'reported'],
    [row.acceptedAt, 'accepted'],
    [row.dispatchedAt, 'dispatched'],
    [row.arrivedAt, 'handling'],
    [row.handledAt, 'handled'],
    [row.closedAt, row.status],
  ] as const;
  return times.flatMap(([at, status]) => (at === null ? [] : { at, status, severity }));
}
