import type { FeatureCollection, Point } from 'geojson';
import { STALE_POSITION_MS } from '../store/fleet.js';
import type { Texts } from '../ui/catalogue.js';
import { ageText } from '../ui/time-format.js';
import { type FleetView, groupOf, type TeamGroup } from './fleet-columns.js';

/** As many names as a map may carry; collisions thin them further. */
const MOST_NAMES = 250;
const WEIGHT = { backup: 0, there: 1, bound: 1, stale: 2, free: 3, away: 4 } as const satisfies Record<
  TeamGroup,
  number
>;

/** West, south, east, north of what is seen. */
export type Seen = readonly [number, number, number, number];

/**
 * Call signs of the teams in view, those that matter most first; an old position carries its age. Every feature
 * also reserves the room of its team's marker, so that no name lies upon another team.
 */
export function fleetLabels(
  { fleet, teams, only, now }: FleetView,
  [west, south, east, north]: Seen,
  text: Texts,
): FeatureCollection<Point> {
  const { lng, lat, observedAt } = fleet.decoder;
  const found: { id: string; at: [number, number]; label: string; weight: number; isOld: boolean }[] = [];
  for (const { slot, team } of fleet.slots()) {
    const card = teams.get(team);
    const [x, y] = [lng[slot] ?? NaN, lat[slot] ?? NaN];
    if (!card || (only && !only.has(team)) || !(x >= west && x <= east && y >= south && y <= north)) continue;
    const age = now - (observedAt[slot] ?? NaN);
    const isOld = age > STALE_POSITION_MS;
    found.push({
      id: team,
      at: [x, y],
      label: isOld ? `${card.callSign}\n${ageText(age, text)}` : card.callSign,
      weight: WEIGHT[isOld ? 'stale' : groupOf(card.status)],
      isOld,
    });
  }
  found.sort((a, b) => a.weight - b.weight || (a.id < b.id ? -1 : 1));
  return {
    type: 'FeatureCollection',
    features: found.slice(0, MOST_NAMES).map(({ id, at, label, weight, isOld }) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: at },
      properties: { id, label, weight, isOld },
    })),
  };
}
