import { contains, innerPoint, distanceToRing } from '../../places/polygon.js';
import type { CountryPlan } from './country.js';
import { distanceM, type Spot } from './frame.js';
import type { PlanarMap } from './planar-map.js';
import * as plan from './plan.js';
import type { Random } from '../simulator/random.js';
import { fromKm, pointAt, rectangle } from './shapes.js';

type HamletSize = 'seat' | 'village' | 'hamlet' | 'post';

/** Where people live on a village grid, or a mere post on the gobi; its streets run along `angle`. */
export interface Hamlet {
  readonly spot: Spot;
  readonly size: HamletSize;
  readonly village: string;
  readonly face: number;
  readonly angle: number;
  /** 0 for gobi, 1 for the best fields. */
  readonly fertility: number;
}

/** Streets along and across, and the gap between them. */
const MESH: Readonly<Record<HamletSize, readonly [along: number, across: number, gapM: number]>> = {
  seat: [6, 8, 125],
  village: [4, 5, 95],
  hamlet: [2, 4, 85],
  post: [0, 0, 0],
};

/** One to each grid of the country. */
export function settle(map: PlanarMap, country: CountryPlan, random: Random): Hamlet[] {
  const sites = country.grids.map(({ village, faces: [face = 0] }) => {
    const ring = map.loopSpots(face);
    const seat = Object.values(plan.TOWN_SEATS).find(([x, y]) => contains([ring], x * 1000, y * 1000));
    const spot: Spot = seat ? [seat[0] * 1000, seat[1] * 1000] : homeIn(ring, random);
    return { village, face, spot, isSeat: seat !== undefined, fertility: fertilityAt(spot) };
  });
  const homes = new Map<string, number>();
  for (const { village, face } of sites.toSorted((a, b) => a.fertility - b.fertility))
    homes.set(village, face);
  return sites.map(({ village, face, spot, isSeat, fertility }) => {
    const isQuiet = distanceM(spot, pointAt(fromKm([plan.AIRPORT]), 0)) > 2200;
    const isHome = isQuiet && fertility > 0.3 + random.between(-0.12, 0.12);
    const size = isSeat ? 'seat' : homes.get(village) === face ? 'village' : isHome ? 'hamlet' : 'post';
    return { spot, size, village, face, angle: random.between(-0.5, 0.5), fertility };
  });
}

/** The streets of a hamlet, each a straight line. */
export function meshOf({ spot: [x, y], size, angle }: Hamlet): Spot[][] {
  const [along, across, gapM] = MESH[size];
  const [ux, uy] = [Math.cos(angle), Math.sin(angle)];
  const place = (u: number, v: number): Spot => [x + u * ux - v * uy, y + u * uy + v * ux];
  const [halfLength, halfWidth] = [((across - 1) * gapM) / 2, ((along - 1) * gapM) / 2];
  const lines: Spot[][] = [];
  for (let i = 0; i < along; i++) {
    const v = i * gapM - halfWidth;
    lines.push([place(-halfLength, v), place(halfLength, v)]);
  }
  for (let k = 0; k < across; k++) {
    const u = k * gapM - halfLength;
    lines.push([place(u, -halfWidth), place(u, halfWidth)]);
  }
  return lines;
}

/** The built-up ground of a hamlet. */
export function groundOf({ spot, size, angle }: Hamlet): Spot[] {
  const [along, across, gapM] = MESH[size];
  return rectangle(spot, angle, across * gapM, (along + 0.2) * gapM);
}

/** Middles of the blocks between the streets, which are as far apart as the streets. */
export function blocksOf(hamlet: Hamlet): { spot: Spot; gapM: number }[] {
  const [along, across, gapM] = MESH[hamlet.size];
  const [ux, uy] = [Math.cos(hamlet.angle), Math.sin(hamlet.angle)];
  const [x, y] = hamlet.spot;
  const blocks: { spot: Spot; gapM: number }[] = [];
  for (let i = 0; i + 1 < along; i++) {
    for (let k = 0; k + 1 < across; k++) {
      const [u, v] = [(k + 1 - across / 2) * gapM, (i + 1 - along / 2) * gapM];
      blocks.push({ spot: [x + u * ux - v * uy, y + u * uy + v * ux], gapM });
    }
  }
  return blocks;
}

/** What the land bears: the oases, the river's banks, the edge of town. */
function fertilityAt(spot: Spot): number {
  const river = distanceToRing([...fromKm(plan.RIVER), ...fromKm(plan.RIVER).toReversed()], ...spot);
  let best = Math.max(0, 0.75 - river / 3600);
  for (const { spot: oasis, reachKm } of plan.OASES) {
    const [x, y] = pointAt(fromKm([oasis]), 0);
    best = Math.max(best, 1.15 - distanceM([x, y], spot) / (reachKm * 1000));
  }
  return Math.min(1, Math.max(0, best));
}

/** Somewhere well inside, though not always in the very middle. */
function homeIn(ring: readonly Spot[], random: Random): Spot {
  const [x, y] = innerPoint(ring);
  const room = distanceToRing(ring, x, y) * 0.35;
  return [x + random.between(-room, room), y + random.between(-room, room)];
}
