import { contains, centroid } from '../../places/polygon.js';
import type { CutStyle } from './cuts.js';
import { apportion, divide, faceWeight } from './divide.js';
import { divisions } from './divisions.js';
import { distanceM, type Spot } from './frame.js';
import type { Ground } from './ground.js';
import { OUTSIDE, type PlanarMap } from './planar-map.js';
import * as plan from './plan.js';
import type { Random } from '../simulator/random.js';
import { fromKm, pointAt, smooth, wander } from './shapes.js';
import { trace } from './trace.js';

/** As many grids as the villages have villager groups. */
const VILLAGE_GRIDS = 117;

const BORDERLESS = -1;

export interface CountryPlan {
  readonly villages: readonly { readonly village: string; readonly faces: readonly number[] }[];
  readonly grids: readonly { readonly village: string; readonly faces: readonly number[] }[];
}

/** Cuts the land around the core into the three towns, their villages, and the villages' grids. */
export function layOutCountry({ map, suburb, river }: Ground, random: Random): CountryPlan {
  const towns = new Set([suburb]);
  const style = styleOf(random.fork('country'));
  for (const border of plan.TOWN_BORDERS) {
    const line = alongRiver(wander(smooth(fromKm(border), 900), 350, 0.07, style.random), river);
    trace(
      map,
      line,
      BORDERLESS,
      (face) => face !== OUTSIDE && towns.has(face),
      (_, created) => towns.add(created),
    );
  }
  const villages = [...towns].flatMap((face) => cutTown(map, face, style));
  const shares = apportion(
    VILLAGE_GRIDS,
    villages.map(({ faces: [face = 0] }) => faceWeight(map, face, style)),
    3,
  );
  const grids = villages.flatMap(({ village, faces: [face = 0] }, i) =>
    divide(map, face, shares[i] ?? 1, style, () => BORDERLESS).map((part) => ({ village, faces: [part] })),
  );
  return {
    villages: villages.map(({ village }) => ({
      village,
      faces: grids.filter((grid) => grid.village === village).flatMap(({ faces }) => faces),
    })),
    grids,
  };
}

/** A border that has come to the river goes on in the middle of the water, away from where it came. */
function alongRiver(border: readonly Spot[], river: readonly Spot[]): Spot[] {
  const [startX] = pointAt(border, 0);
  const [endX] = pointAt(border, border.length - 1);
  const isWestward = endX < startX;
  const rest = river.filter(([x]) => (isWestward ? x < endX : x > endX));
  return [...border, ...(isWestward ? rest.toReversed() : rest)];
}

/** Villages in the order of the division codes, from the edge of the core outwards. */
function cutTown(map: PlanarMap, face: number, style: CutStyle): { village: string; faces: number[] }[] {
  const ring = map.loopSpots(face);
  const town = Object.entries(plan.TOWN_SEATS).find(([, [x, y]]) =>
    contains([ring], x * 1000, y * 1000),
  )?.[0];
  if (town === undefined) throw new RangeError(`face ${face} of the country seats no town`);
  const keys = divisions()
    .filter(({ parent }) => parent === town)
    .map(({ key }) => key);
  const parts = divide(map, face, keys.length, style, () => BORDERLESS);
  const seats = parts.map((part) => ({ part, far: Math.hypot(...centroid(map.loopSpots(part))) }));
  seats.sort((a, b) => a.far - b.far);
  return keys.map((village, i) => ({ village, faces: [seats[i]?.part ?? face] }));
}

/** Side of a usual village grid, in metres: fields near the core, gobi at the outer border. */
function countrySideM(spot: Spot): number {
  const far = Math.max(0, Math.min(1, (distanceM(spot, [0, 0]) - 5000) / 11_000));
  return 1900 + 350 * far;
}

function styleOf(random: Random): CutStyle {
  return {
    random,
    snapM: 260,
    cornerM: 260,
    weightAt: (spot) => 1 / countrySideM(spot) ** 2,
    bend: (from, to) => wander([from, to], 330, 0.13, random).slice(1, -1),
  };
}
