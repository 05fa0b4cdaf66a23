import { contains } from '../../places/polygon.js';
import { distanceM, type Spot } from './frame.js';
import type { PlanarMap } from './planar-map.js';
import { pointAt } from './shapes.js';

/** Nearer than this to a vertex, a drawn line goes through the vertex. */
const VERTEX_M = 22;

interface Crossing {
  /** Segment of the line, and the part of it. */
  readonly along: number;
  readonly vertex: number;
}

/**
 * Lays a drawn line over the map and cuts every face that it crosses from rim to rim and that `mayCut` allows.
 * Loose ends are dropped. `onCut` hears of each cut: the face, and the new one left of the line.
 */
export function trace(
  map: PlanarMap,
  line: readonly Spot[],
  street: number,
  mayCut: (face: number) => boolean,
  onCut: (face: number, created: number) => void,
): void {
  const crossings = crossingsOf(map, line, mayCut);
  for (let i = 0; i + 1 < crossings.length; i++) {
    const [a, b] = [crossings[i], crossings[i + 1]];
    if (!a || !b) continue;
    const via = line.slice(Math.floor(a.along) + 1, Math.ceil(b.along)).filter((spot) => {
      return distanceM(spot, vertexSpot(map, a)) > VERTEX_M && distanceM(spot, vertexSpot(map, b)) > VERTEX_M;
    });
    const [x, y] = middle([vertexSpot(map, a), ...via, vertexSpot(map, b)]);
    for (const face of facesAround(map, a.vertex)) {
      if (!mayCut(face) || !contains([map.loopSpots(face)], x, y)) continue;
      const loop = map.loop(face);
      const from = loop.find((edge) => map.origin[edge] === a.vertex);
      const to = loop.find((edge) => map.origin[edge] === b.vertex);
      if (from === undefined || to === undefined) continue;
      onCut(face, map.splitFace(face, { edge: from, at: null }, { edge: to, at: null }, via, street));
      break;
    }
  }
}

/** Vertices where the line meets the map, in the line's order; new ones are made where it meets an edge. */
function crossingsOf(map: PlanarMap, line: readonly Spot[], mayCut: (face: number) => boolean): Crossing[] {
  const found: Crossing[] = [];
  const add = (along: number, vertex: number) => {
    if (!found.some((other) => other.vertex === vertex && Math.abs(other.along - along) < 1))
      found.push({ along, vertex });
  };
  for (let k = 0; k + 1 < line.length; k++) {
    const [a, b] = [pointAt(line, k), pointAt(line, k + 1)];
    const hits: { along: number; edge: number; part: number }[] = [];
    for (let edge = 0; edge < map.origin.length; edge += 2) {
      if (!mayCut(map.face[edge] ?? 0) && !mayCut(map.face[edge ^ 1] ?? 0)) continue;
      const hit = meet(a, b, map.spotAt(edge), map.spotAt(edge ^ 1));
      if (hit) hits.push({ along: k + hit[0], edge, part: hit[1] });
    }
    hits.sort((one, two) => one.along - two.along);
    for (const { along, edge, part } of hits) {
      const [c, d] = [map.spotAt(edge), map.spotAt(edge ^ 1)];
      const spot: Spot = [c[0] + (d[0] - c[0]) * part, c[1] + (d[1] - c[1]) * part];
      if (distanceM(spot, c) < VERTEX_M) add(along, map.origin[edge] ?? 0);
      else if (distanceM(spot, d) < VERTEX_M) add(along, map.origin[edge ^ 1] ?? 0);
      else add(along, map.origin[map.splitEdge(edge, spot)] ?? 0);
    }
  }
  return found.sort((one, two) => one.along - two.along);
}

/** Where two segments meet, as parts of each; ends count, with a little reach beyond. */
function meet([ax, ay]: Spot, [bx, by]: Spot, [cx, cy]: Spot, [dx, dy]: Spot): [number, number] | null {
  const area = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx);
  if (area === 0) return null;
  const onFirst = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / area;
  const onSecond = ((cx - ax) * (by - ay) - (cy - ay) * (bx - ax)) / area;
  const reach = 1e-3;
  const isOn = (part: number) => part > -reach && part < 1 + reach;
  return isOn(onFirst) && isOn(onSecond) ? [onFirst, onSecond] : null;
}

function facesAround(map: PlanarMap, vertex: number): number[] {
  const faces: number[] = [];
  for (let edge = 0; edge < map.origin.length; edge++) {
    if (map.origin[edge] === vertex) faces.push(map.face[edge] ?? 0);
  }
  return faces;
}

function vertexSpot(map: PlanarMap, { vertex }: Crossing): Spot {
  return pointAt(map.spots, vertex);
}

/** A point of the line about half way, between two of its points. */
function middle(line: readonly Spot[]): Spot {
  const k = Math.floor((line.length - 1) / 2);
  const [ax, ay] = pointAt(line, k);
  const [bx, by] = pointAt(line, k + 1);
  return [(ax + bx) / 2, (ay + by) / 2];
}
