import { bearingDeg, distanceM, type LngLat } from '@app/shared';
import { joinCrossings } from './road-joins.js';

/** A road as the public basemap draws it: one GeoJSON line with its class and name. */
export interface RoadLine {
  readonly class: string;
  readonly name: string;
  readonly points: readonly LngLat[];
}

/** Legal speed by class of road, km/h (domain page §9). */
const ROAD_KMH: Readonly<Record<string, number>> = {
  trunk: 80,
  arterial: 60,
  street: 40,
  country: 30,
};
const OTHER_KMH = 30;

/** One direction of one stretch between two neighbouring vertices. */
export interface Arc {
  readonly to: number;
  readonly lengthM: number;
  readonly headingDeg: number;
  readonly kmh: number;
  readonly road: number;
}

/** The largest connected part of the roads: every vertex is a node, every stretch two arcs. */
export interface RoadGraph {
  readonly places: readonly LngLat[];
  readonly arcs: readonly (readonly Arc[])[];
  readonly roads: readonly string[];
  /** The fastest legal speed anywhere, km/h. */
  readonly fastestKmh: number;
}

/** Lines meet where they cross or end at one another; vertices are compared on the lattice of 1e-6 degree. */
export function roadGraph(lines: readonly RoadLine[]): RoadGraph {
  const places: LngLat[] = [];
  const arcs: Arc[][] = [];
  const numbers = new Map<string, number>();

  function nodeAt([lng, lat]: LngLat): number {
    const key = `${Math.round(lng * 1e6)},${Math.round(lat * 1e6)}`;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, places.length);
    arcs.push([]);
    return places.push([lng, lat]) - 1;
  }

  function join(from: number, to: number, line: RoadLine, road: number): void {
    const [a, b] = [places[from], places[to]];
    if (!a || !b || from === to) return;
    if (arcs[from]?.some((arc) => arc.to === to)) return;
    const lengthM = distanceM(a, b);
    const kmh = ROAD_KMH[line.class] ?? OTHER_KMH;
    arcs[from]?.push({ to, lengthM, kmh, road, headingDeg: bearingDeg(a, b) });
    arcs[to]?.push({ to: from, lengthM, kmh, road, headingDeg: bearingDeg(b, a) });
  }

  const roads: string[] = [];
  const joined = joinCrossings(lines.map(({ points }) => points));
  for (const [i, line] of lines.entries()) {
    const road = roads.push(line.name) - 1;
    const nodes = (joined[i] ?? []).map(nodeAt);
    for (let k = 1; k < nodes.length; k++) join(nodes[k - 1] ?? 0, nodes[k] ?? 0, line, road);
  }
  return largestPart({ places, arcs, roads, fastestKmh: fastestOf(arcs) });
}

/** Keeps the largest connected part, so that there is a way from everywhere to everywhere. */
function largestPart(graph: RoadGraph): RoadGraph {
  const part = new Int32Array(graph.places.length).fill(-1);
  let [best, bestSize] = [0, 0];
  for (let start = 0; start < part.length; start++) {
    if (part[start] !== -1) continue;
    const size = flood(graph, start, part);
    if (size > bestSize) [best, bestSize] = [start, size];
  }
  const kept: number[] = [];
  const renamed = new Int32Array(part.length);
  for (let node = 0; node < part.length; node++) if (part[node] === best) renamed[node] = kept.push(node) - 1;
  return {
    ...graph,
    places: kept.map((node) => graph.places[node] ?? [0, 0]),
    arcs: kept.map((node) => (graph.arcs[node] ?? []).map((arc) => ({ ...arc, to: renamed[arc.to] ?? 0 }))),
  };
}

function flood(graph: RoadGraph, start: number, part: Int32Array): number {
  const open = [start];
  part[start] = start;
  for (const node of open) {
    for (const { to } of graph.arcs[node] ?? []) {
      if (part[to] !== -1) continue;
      part[to] = start;
      open.push(to);
    }
  }
  return open.length;
}

function fastestOf(arcs: readonly (readonly Arc[])[]): number {
  let fastest = OTHER_KMH;
  for (const list of arcs) for (const { kmh } of list) fastest = Math.max(fastest, kmh);
  return fastest;
}
