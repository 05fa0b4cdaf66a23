import type { AlertCard, IncidentCard, TeamCard } from '../../../shared/src/index.js';

/** Noon in the demo city. */
export const NOW = Date.parse('2026-11-24T04:00:00Z');
export const ago = (minutes: number): string => new Date(NOW - minutes * 60_000).toISOString();

export const incidentCard = (part: Partial<IncidentCard> = {}): IncidentCard => ({
  id: 'incident',
  number: 'A-1',
  category: 'traffic',
  severity: 4,
  status: 'reported',
  version: 1,
  centre: 'centre',
  lng: 98.28,
  lat: 39.77,
  grid: null,
  place: null,
  source: 'phone',
  since: ago(2),
  statusAt: ago(2),
  due: null,
  teams: [],
  simulated: true,
  ...part,
});

export const alertCard = (part: Partial<AlertCard> = {}): AlertCard => ({
  id: 'alert',
  rule: 'surge',
  category: 'fire',
  severity: 2,
  state: 'raised',
  version: 1,
  since: ago(3),
  stateAt: ago(3),
  until: null,
  centre: 'centre',
  grid: '620201001007014',
  lng: 98.28,
  lat: 39.77,
  incidents: [],
  clock: null,
  surge: null,
  ...part,
});

export const teamCard = (part: Partial<TeamCard> = {}): TeamCard => ({
  id: 'team',
  callSign: '雄关201',
  mode: 'vehicle',
  tier: 3,
  status: 'patrolling',
  version: 1,
  statusAt: ago(10),
  centre: 'centre',
  forces: { police: 2, militia: 1 },
  incidents: [],
  ...part,
});
