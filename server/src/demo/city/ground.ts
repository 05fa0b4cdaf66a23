import { contains } from '../../places/polygon.js';
import type { Spot } from './frame.js';
import { OUTSIDE, PlanarMap } from './planar-map.js';
import * as plan from './plan.js';
import type { Random } from '../simulator/random.js';
import { fromKm, pointAt, smooth, smoothRing, wander } from './shapes.js';
import { RAIL, Streets } from './streets.js';
import { trace } from './trace.js';

/** The city cut into its largest pieces. */
export interface Ground {
  readonly map: PlanarMap;
  readonly streets: Streets;
  /** Faces within the ring road, and that of the works to the north of it. */
  readonly core: readonly number[];
  readonly suburb: number;
  /** Middle of the river, from west to east, beyond the outer border at both ends. */
  readonly river: readonly Spot[];
}

/** Outer border, ring road, railway: everything that is drawn and not dealt. */
export function breakGround(random: Random): Ground {
  const rough = wander(
    fromKm([...plan.OUTLINE, pointAt(plan.OUTLINE, 0)]),
    420,
    0.14,
    random.fork('outline'),
  ).slice(1);
  const map = new PlanarMap(rough);
  const streets = new Streets();
  const ring = streets.planned({ name: '环城', generic: '路', class: 'trunk', line: [] });

  const ringRoad = smoothRing(fromKm(plan.RING_ROAD), 160);
  const corner = ringRoad.findIndex(([x, y]) => Math.abs(x - 3300) < 1 && Math.abs(y - 3900) < 1);
  const border = [
    ...smooth(fromKm(plan.WORKS_WEST), 400).slice(0, -1),
    ...ringRoad.slice(0, corner + 1),
    ...smooth(fromKm(plan.WORKS_EAST), 400).slice(1),
  ];
  trace(
    map,
    border,
    ring,
    (face) => face !== OUTSIDE,
    () => undefined,
  );
  const core = new Set<number>();
  for (let face = 1; face < map.faceCount; face++)
    if (contains([map.loopSpots(face)], 10, 10)) core.add(face);
  const suburb = [1, 2].find((face) => !core.has(face)) ?? OUTSIDE;
  const isCore = (face: number) => core.has(face);
  const heard = (_: number, created: number) => core.add(created);
  nameWorksBorder(map, streets);

  trace(map, [...ringRoad.slice(corner), pointAt(ringRoad, 0)], ring, isCore, heard);
  trace(map, smooth(fromKm(plan.RAILWAY), 200), RAIL, isCore, heard);
  const river = smooth(wander(fromKm(plan.RIVER), 850, 0.16, random.fork('river')), 110);
  return { map, streets, core: [...core], suburb, river };
}

/** Beyond the ring road its line becomes the airport road in the east, and no road at all in the west. */
function nameWorksBorder(map: PlanarMap, streets: Streets): void {
  const airportRoad = streets.planned(plan.AIRPORT_ROAD);
  for (let edge = 0; edge < map.origin.length; edge++) {
    if ((map.street[edge] ?? -1) < 0) continue;
    const [[ax, ay], [bx, by]] = [map.spotAt(edge), map.spotAt(edge ^ 1)];
    const [x, y] = [(ax + bx) / 2, (ay + by) / 2];
    const isSide = x > 1000 ? y > 3950 : y > 4330;
    if (isSide) map.street[edge] = x > 1800 ? airportRoad : -1;
  }
}
