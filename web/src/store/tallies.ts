import {
  distanceM,
  ENDED_STATUSES,
  FORCES,
  type Force,
  FREE_STATUSES,
  type IncidentCard,
  type IncidentStatus,
  type TeamCard,
  type TeamStatus,
  toMs,
} from '@app/shared';

/** Open incidents by how long they have been known. The last is where something may have been forgotten. */
export const AGE_BANDS = ['fresh', 'hour', 'hours', 'old'] as const;
export type AgeBand = (typeof AGE_BANDS)[number];
const BAND_ENDS_MS = {
  fresh: 1_800_000,
  hour: 3_600_000,
  hours: 14_400_000,
  old: Infinity,
} as const satisfies Record<AgeBand, number>;

/** The open statuses in the order in which an incident passes them. */
const OPEN_STATUSES = [
  'reported',
  'accepted',
  'dispatched',
  'handling',
  'handled',
  'suspended',
] as const satisfies readonly IncidentStatus[];

/** Statuses of teams by what they mean for whoever sends them. */
export const TEAM_GROUPS = {
  free: FREE_STATUSES,
  bound: ['assigned', 'en-route', 'clearing'],
  there: ['on-scene', 'working'],
  backup: ['backup'],
  away: ['rest', 'out-of-service'],
} as const satisfies Record<string, readonly TeamStatus[]>;

export const isOpen = ({ status }: IncidentCard): boolean => !ENDED_STATUSES.includes(status);
export const isFree = ({ status }: TeamCard): boolean => FREE_STATUSES.includes(status);

export function ageBand(since: number, now: number): AgeBand {
  return AGE_BANDS.find((band) => now - since < BAND_ENDS_MS[band]) ?? 'old';
}

/** The ids behind each cell of "open by status and age": the chart draws their number, its list shows them. */
export function openByStatusAndAge(
  incidents: Iterable<IncidentCard>,
  now: number,
): ReadonlyMap<IncidentStatus, Readonly<Record<AgeBand, readonly string[]>>> {
  const table = new Map<IncidentStatus, Record<AgeBand, string[]>>();
  for (const status of OPEN_STATUSES) table.set(status, { fresh: [], hour: [], hours: [], old: [] });
  for (const incident of incidents) {
    if (isOpen(incident)) table.get(incident.status)?.[ageBand(toMs(incident.since), now)].push(incident.id);
  }
  return table;
}

export interface StatusTally {
  readonly status: TeamStatus;
  readonly teams: readonly string[];
  /** People of each force in those teams. */
  readonly forces: Readonly<Record<Force, number>>;
}

/** Teams and headcounts by status, in the order given; a status without teams is there with none. */
export function teamsByStatus(teams: Iterable<TeamCard>, statuses: readonly TeamStatus[]): StatusTally[] {
  const tallies = new Map<TeamStatus, { teams: string[]; forces: Record<Force, number> }>();
  for (const { id, status, forces } of teams) {
    const tally = tallies.get(status) ?? { teams: [], forces: { police: 0, 'armed-police': 0, militia: 0 } };
    tallies.set(status, tally);
    tally.teams.push(id);
    for (const force of FORCES) tally.forces[force] += forces[force] ?? 0;
  }
  const none = { teams: [], forces: { police: 0, 'armed-police': 0, militia: 0 } };
  return statuses.map((status) => ({ status, ...(tallies.get(status) ?? none) }));
}

/** Free teams within reach of any of some places, nearest first. */
export function freeTeamsNear(
  places: readonly { readonly lng: number; readonly lat: number }[],
  teams: ReadonlyMap<string, TeamCard>,
  positions: ReadonlyMap<string, { readonly lng: number; readonly lat: number }>,
  { withinM = 2500, most = 8 } = {},
): string[] {
  const near: { id: string; metres: number }[] = [];
  for (const [id, { lng, lat }] of positions) {
    const team = teams.get(id);
    if (!team || !isFree(team)) continue;
    const metres = Math.min(...places.map((place) => distanceM([place.lng, place.lat], [lng, lat])));
    if (metres <= withinM) near.push({ id, metres });
  }
  return near
    .sort((a, b) => a.metres - b.metres)
    .slice(0, most)
    .map(({ id }) => id);
}
