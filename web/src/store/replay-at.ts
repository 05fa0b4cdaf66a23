import {
  ENDED_STATUSES,
  type IncidentStatus,
  type LngLat,
  type Replay,
  type ReplayIncident,
  type ReplayTrack,
  type Severity,
  TRACK_GAP_MS,
} from '@app/shared';

const MICRO = 1e6;

/** Where a team was at a moment. `ageMs`: how old its last fix was then; what is older than a gap is not walked on. */
export interface TeamThen {
  readonly track: ReplayTrack;
  readonly place: LngLat;
  readonly ageMs: number;
  readonly isOld: boolean;
}

/** An incident as it stood at a moment. */
export interface IncidentThen {
  readonly incident: ReplayIncident;
  readonly status: IncidentStatus;
  readonly severity: Severity;
}

/** Index of the last entry that is not later than `at`; -1 when all are. `times` ascend. */
export function lastBefore(times: readonly number[], at: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Two fixes of an answer that are further apart than this have a silence between them. */
export const gapMs = ({ stepMs }: Replay): number => Math.max(TRACK_GAP_MS, 2 * stepMs);

const placeOf = ({ lng, lat }: ReplayTrack, i: number): LngLat => [
  (lng[i] ?? 0) / MICRO,
  (lat[i] ?? 0) / MICRO,
];

/** Teams that had told a position by `at` (ms after the window's beginning). */
export function teamsAt(replay: Replay, at: number): TeamThen[] {
  const gap = gapMs(replay);
  return replay.teams.flatMap((track) => {
    const i = lastBefore(track.at, at);
    if (i < 0) return [];
    const [told, next] = [track.at[i] ?? 0, track.at[i + 1]];
    const ageMs = at - told;
    const isBetween = next !== undefined && next - told <= gap;
    const place = isBetween ? mixed(track, i, ageMs / (next - told)) : placeOf(track, i);
    return { track, place, ageMs, isOld: ageMs > gap };
  });
}

function mixed(track: ReplayTrack, i: number, done: number): LngLat {
  const [[fromLng, fromLat], [toLng, toLat]] = [placeOf(track, i), placeOf(track, i + 1)];
  return [fromLng + (toLng - fromLng) * done, fromLat + (toLat - fromLat) * done];
}

/** The lines that a team has drawn between two moments; a line ends where nobody knows where it was. */
export function linesOf(track: ReplayTrack, window: { from: number; to: number; gap: number }): LngLat[][] {
  const lines: LngLat[][] = [];
  let line: LngLat[] = [];
  for (let i = Math.max(0, lastBefore(track.at, window.from)); i <= lastBefore(track.at, window.to); i++) {
    const before = track.at[i - 1];
    if (line.length > 0 && before !== undefined && (track.at[i] ?? 0) - before > window.gap) {
      lines.push(line);
      line = [];
    }
    line.push(placeOf(track, i));
  }
  lines.push(line);
  return lines.filter(({ length }) => length > 1);
}

/** Incidents that were open at a moment, the gravest first. */
export function incidentsAt({ incidents }: Replay, at: number): IncidentThen[] {
  return incidents
    .flatMap((incident) => {
      const step = incident.steps.findLast((told) => told.at <= at);
      if (!step || step.status === null || ENDED_STATUSES.includes(step.status)) return [];
      return { incident, status: step.status, severity: step.severity };
    })
    .sort((a, b) => a.severity - b.severity);
}
