import { latticeOf, distanceM, spotOfLattice, type Spot } from './frame.js';
import type { DemoRoadEdge, Names, RoadClass } from './demo-city.js';
import { addTo } from './grouped.js';

/** A straight piece of a road before it is cut at its crossings. */
export interface Piece {
  readonly from: Spot;
  readonly to: Spot;
  readonly class: RoadClass;
  readonly names: Names;
}

const SPEED_KMH = { trunk: 80, arterial: 60, street: 40, country: 30 } as const satisfies Record<
  RoadClass,
  number
>;

/** Pieces closer than this to an end are joined to it. */
const JOIN_M = 14;
const CELL_M = 400;

/** Cuts pieces wherever two meet, so that no two cross without a common end. */
export function cutAtCrossings(pieces: readonly Piece[]): Piece[] {
  const cuts: Spot[][] = pieces.map(() => []);
  for (const [i, k] of neighbours(pieces)) {
    const [a, b] = [pieces[i], pieces[k]];
    if (!a || !b) continue;
    const spot = crossing(a, b);
    if (!spot) continue;
    const end = [a.from, a.to, b.from, b.to].find((point) => distanceM(point, spot) < JOIN_M) ?? spot;
    cuts[i]?.push(end);
    cuts[k]?.push(end);
  }
  return pieces.flatMap((piece, i) => {
    const far = (spot: Spot) => distanceM(piece.from, spot);
    const stops = [piece.from, ...(cuts[i] ?? []).toSorted((a, b) => far(a) - far(b)), piece.to];
    return stops.slice(1).map((to, k): Piece => ({ ...piece, from: stops[k] ?? piece.from, to }));
  });
}

/** Joins pieces into one connected graph: ends on one lattice point are one node, what hangs apart is left out. */
export function joinUp(pieces: readonly Piece[]): { nodes: Float64Array; edges: DemoRoadEdge[] } {
  const numbers = new Map<string, number>();
  const points: [number, number][] = [];
  const nodeAt = (spot: Spot) => {
    const point = latticeOf(spot);
    const key = point.join();
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, points.length);
    return points.push(point) - 1;
  };
  const seen = new Set<string>();
  const links = pieces.flatMap((piece) => {
    const [from, to] = [nodeAt(piece.from), nodeAt(piece.to)];
    const key = from < to ? `${from},${to}` : `${to},${from}`;
    if (from === to || seen.has(key)) return [];
    seen.add(key);
    return [{ piece, from, to }];
  });
  const kept = largestPart(points.length, links);
  const renumbered = new Map([...kept].sort((a, b) => a - b).map((node, i) => [node, i]));
  const nodes = new Float64Array(2 * renumbered.size);
  for (const [node, i] of renumbered) {
    const [lng, lat] = points[node] ?? [0, 0];
    nodes.set([lng / 1e6, lat / 1e6], 2 * i);
  }
  const edges = links.flatMap(({ piece, from, to }): DemoRoadEdge[] => {
    const [a, b] = [renumbered.get(from), renumbered.get(to)];
    if (a === undefined || b === undefined) return [];
    const lengthM = distanceM(
      spotOfLattice(...(points[from] ?? [0, 0])),
      spotOfLattice(...(points[to] ?? [0, 0])),
    );
    const { class: roadClass, names } = piece;
    return [
      {
        from: a,
        to: b,
        class: roadClass,
        names,
        speedKmh: SPEED_KMH[roadClass],
        lengthM: Math.round(lengthM * 10) / 10,
      },
    ];
  });
  return { nodes, edges };
}

function largestPart(count: number, links: readonly { from: number; to: number }[]): Set<number> {
  const near: number[][] = Array.from({ length: count }, () => []);
  for (const { from, to } of links) {
    near[from]?.push(to);
    near[to]?.push(from);
  }
  const left = new Set(near.keys());
  let best = new Set<number>();
  for (const start of left) {
    const part = new Set([start]);
    for (const node of part) {
      left.delete(node);
      for (const other of near[node] ?? []) part.add(other);
    }
    if (part.size > best.size) best = part;
  }
  return best;
}

/** Pairs of pieces that share a cell of a coarse grid, each pair once. */
function neighbours(pieces: readonly Piece[]): [number, number][] {
  const cells = new Map<string, number[]>();
  const pairs = new Map<number, [number, number]>();
  for (const [i, { from, to }] of pieces.entries()) {
    const steps = Math.ceil(distanceM(from, to) / (CELL_M / 4));
    const visited = new Set<string>();
    for (let s = 0; s <= steps; s++) {
      const x = Math.floor((from[0] + ((to[0] - from[0]) * s) / (steps || 1)) / CELL_M);
      const y = Math.floor((from[1] + ((to[1] - from[1]) * s) / (steps || 1)) / CELL_M);
      for (const key of [`${x},${y}`, `${x + 1},${y}`, `${x},${y + 1}`, `${x + 1},${y + 1}`])
        visited.add(key);
    }
    for (const key of visited) {
      for (const k of cells.get(key) ?? []) pairs.set(i * pieces.length + k, [k, i]);
      addTo(cells, key, i);
    }
  }
  return [...pairs.values()];
}

function crossing(one: Piece, two: Piece): Spot | null {
  const [[ax, ay], [bx, by], [cx, cy], [dx, dy]] = [one.from, one.to, two.from, two.to];
  const area = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx);
  if (Math.abs(area) < 1) return null;
  const t = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / area;
  const u = ((cx - ax) * (by - ay) - (cy - ay) * (bx - ax)) / area;
  const [reachT, reachU] = [JOIN_M / distanceM(one.from, one.to), JOIN_M / distanceM(two.from, two.to)];
  if (t < -reachT || t > 1 + reachT || u < -reachU || u > 1 + reachU) return null;
  return [ax + (bx - ax) * t, ay + (by - ay) * t];
}
