import { contains, distanceToRing } from '../../places/polygon.js';
import { distanceM, type Spot } from './frame.js';
import type { PlanarMap, RimPoint } from './planar-map.js';
import * as plan from './plan.js';
import { pointAt } from './shapes.js';
import { RAIL, type Streets } from './streets.js';

/** From the middle of the track to the road beside it. */
const FRONTAGE_M = 70;

/** The road that runs beside the railway: a cut `FRONTAGE_M` from it. Answers the face of the strip. */
export function cutFrontage(map: PlanarMap, face: number, streets: Streets): number | null {
  const loop = map.loop(face);
  const first = loop.find((edge) => map.street[edge] === RAIL && map.street[map.prev[edge] ?? 0] !== RAIL);
  if (first === undefined) return null;
  const rails: number[] = [];
  for (let edge = first; map.street[edge] === RAIL; edge = map.next[edge] ?? 0) rails.push(edge);
  const rim = rails.map((edge) => map.spotAt(edge));
  const last = rails.at(-1) ?? first;
  rim.push(map.spotAt(last ^ 1));
  const from = alongRim(map, map.next[last] ?? 0, FRONTAGE_M, 1);
  const to = alongRim(map, map.prev[first] ?? 0, FRONTAGE_M, -1);
  if (!from || !to || from.edge === to.edge) return null;
  const inner = rim
    .slice(1, -1)
    .toReversed()
    .map((_, k): Spot => offset(rim, rim.length - 2 - k));
  const start = from.at ?? map.spotAt(from.edge);
  const end = to.at ?? map.spotAt(to.edge);
  const via = inner.filter((spot) => distanceM(spot, start) > 40 && distanceM(spot, end) > 40);
  const ring = map.loopSpots(face);
  if (via.some(([x, y]) => !contains([ring], x, y) || distanceToRing(ring, x, y) < 30)) return null;
  const isWest = pointAt(rim, 0)[1] < pointAt(rim, rim.length - 1)[1];
  return map.splitFace(
    face,
    from,
    to,
    via,
    streets.planned(isWest ? plan.RAILSIDE_WEST : plan.RAILSIDE_EAST),
  );
}

/** The point of an edge so far from its start (`way` 1) or its end; a vertex that is already about there is taken. */
function alongRim(map: PlanarMap, edge: number, distance: number, way: 1 | -1): RimPoint | null {
  const from = map.spotAt(way === 1 ? edge : edge ^ 1);
  const to = map.spotAt(way === 1 ? edge ^ 1 : edge);
  const length = distanceM(from, to);
  if (Math.abs(length - distance) < 12) return { edge: way === 1 ? (map.next[edge] ?? 0) : edge, at: null };
  if (length < distance) return null;
  const part = distance / length;
  return { edge, at: [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part] };
}

/** A point of the line, moved to its left. */
function offset(line: readonly Spot[], index: number): Spot {
  const [ax, ay] = pointAt(line, index - 1);
  const [bx, by] = pointAt(line, index + 1);
  const [x, y] = pointAt(line, index);
  const length = Math.hypot(bx - ax, by - ay);
  return [x - ((by - ay) / length) * FRONTAGE_M, y + ((bx - ax) / length) * FRONTAGE_M];
}
