import { type CentreId, distanceM, type Headcounts, type LngLat, type TeamId } from '@app/shared';
import { ZoneIndex } from '../places/zone-index.js';
import type { DemoCity } from './city/demo-city.js';
import type { PastPlace } from './past.js';
import { liveliness } from './simulator/demand.js';
import type { Random } from './simulator/random.js';
import { placeLabel } from './simulator/words.js';

const SPOTS_PER_GRID = 4;

interface PlacedTeam {
  readonly id: TeamId;
  readonly callSign: string;
  readonly forces: Headcounts;
  readonly home: LngLat;
}

/** Spots on the roads of every grid, with how much happens there: towns more than villages, some grids much more. */
export function pastPlaces(
  city: DemoCity,
  ids: ReadonlyMap<string, CentreId>,
  teams: readonly PlacedTeam[],
  random: Random,
): PastPlace[] {
  const names = new Map(city.centres.map((centre) => [centre.key, centre]));
  const spots = roadSpots(city);
  return city.grids.flatMap((grid, index) => {
    const centre = names.get(grid.centre);
    if (!centre) return [];
    const found = spots[index] ?? [];
    const chosen = found.length > 0 ? found : [{ at: grid.anchor, road: '' }];
    const weight = liveliness(grid.code, centre.kind === 'village') / SPOTS_PER_GRID;
    return Array.from({ length: Math.min(SPOTS_PER_GRID, chosen.length) }, (): PastPlace => {
      const { at, road } = random.pick(chosen);
      const byDistance = teams.map((team) => ({ team, far: distanceM(team.home, [at[0], at[1]]) }));
      byDistance.sort((a, b) => a.far - b.far);
      return {
        centre: ids.get(grid.centre) ?? '',
        grid: grid.code,
        lng: at[0],
        lat: at[1],
        label: placeLabel(road, centre.names.hans) ?? centre.names.hans,
        weight,
        teams: byDistance.map(({ team }) => team),
      };
    });
  });
}

/** The middles of the stretches of road inside each grid. */
function roadSpots({ grids, roads }: DemoCity): { at: readonly [number, number]; road: string }[][] {
  const index = ZoneIndex.ofRings(grids.map(({ polygon }) => polygon));
  const spots: { at: readonly [number, number]; road: string }[][] = grids.map(() => []);
  for (const { from, to, names } of roads.edges) {
    const [lng, lat] = [from, to]
      .map((node) => [roads.nodes[2 * node] ?? 0, roads.nodes[2 * node + 1] ?? 0])
      .reduce(middle);
    if (lng === undefined || lat === undefined) continue;
    spots[index.locate(lng, lat)]?.push({ at: [round(lng), round(lat)], road: names.hans });
  }
  return spots;
}

const middle = ([lngA = 0, latA = 0]: number[], [lngB = 0, latB = 0]: number[]): number[] => [
  (lngA + lngB) / 2,
  (latA + latB) / 2,
];
const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;
