import { type Area, bboxOf, isInRing, type LngLat, localMetres } from '@app/shared';
import Delaunator from 'delaunator';

/** A place with the name of the area that it belongs to. */
export interface Labelled {
  readonly place: LngLat;
  readonly area: string;
}

type Ring = [number, number][];

/** Nothing is known to belong anywhere this far from every place. */
const OUTSIDE_M = 1500;
const OUTSIDE = '';

/**
 * Schematic areas around labelled places: the Voronoi cells of the places, joined by label, so that every place lies
 * within the area of its own label and neighbours share their edges. Empty ground around them bounds the outermost.
 * With fewer than three places there are no areas.
 */
export function cellsOf(places: readonly Labelled[]): Map<string, Area> {
  const [first] = places;
  if (!first || places.length < 3) return new Map();
  const flat = localMetres(first.place);
  const sites = distinct(places.map(({ place, area }) => ({ at: flat.toMetres(place), area })));
  const all = [...sites, ...groundAround(sites)];
  const triangulation = Delaunator.from(all.map(({ at }) => at));
  const rings = borders(all, triangulation);
  const areas = new Map<string, Area>();
  for (const [area, traced] of rings) {
    const polygons = nest(
      traced.map((ring) => ring.map(([x, y]): [number, number] => rounded(flat.toLngLat(x, y)))),
    );
    if (polygons.length === 1 && polygons[0]) areas.set(area, { type: 'Polygon', coordinates: polygons[0] });
    else if (polygons.length > 1) areas.set(area, { type: 'MultiPolygon', coordinates: polygons });
  }
  return areas;
}

interface Site {
  readonly at: readonly [number, number];
  readonly area: string;
}

/** One site for each place on a lattice of a metre; of several labels there the first one stays. */
function distinct(sites: readonly Site[]): Site[] {
  const found = new Map<string, Site>();
  for (const site of sites) {
    const key = `${Math.round(site.at[0])},${Math.round(site.at[1])}`;
    if (!found.has(key)) found.set(key, site);
  }
  return [...found.values()];
}

/** Sites that belong nowhere: a lattice around the others, leaving out what is near one of them. */
function groundAround(sites: readonly Site[]): Site[] {
  const stepM = OUTSIDE_M / 2;
  const reach = Math.ceil(OUTSIDE_M / stepM);
  const cell = (metres: number) => Math.round(metres / stepM);
  const near = new Set<string>();
  const inside = new Set<string>();
  for (const { at } of sites)
    for (let x = -reach - 2; x <= reach + 2; x++)
      for (let y = -reach - 2; y <= reach + 2; y++) {
        const [column, row] = [cell(at[0]) + x, cell(at[1]) + y];
        const farM = Math.hypot(column * stepM - at[0], row * stepM - at[1]);
        (farM < OUTSIDE_M ? inside : near).add(`${column},${row}`);
      }
  return [...near]
    .filter((key) => !inside.has(key))
    .map((key) => key.split(',').map(Number))
    .map(([column = 0, row = 0]) => ({ at: [column * stepM, row * stepM], area: OUTSIDE }));
}

/** Closed borders of each area, counter-clockwise around it (clockwise around holes), in metres. */
function borders(
  sites: readonly Site[],
  { triangles, halfedges, coords }: Delaunator<Float64Array>,
): Map<string, Ring[]> {
  const centre = (triangle: number) =>
    circumcentre(coords, triangles.subarray(3 * triangle, 3 * triangle + 3));
  const next = new Map<string, Map<number, number[]>>();
  for (let edge = 0; edge < halfedges.length; edge++) {
    const twin = halfedges[edge] ?? -1;
    const from = sites[triangles[edge] ?? 0]?.area ?? OUTSIDE;
    const to = sites[triangles[edge % 3 === 2 ? edge - 2 : edge + 1] ?? 0]?.area ?? OUTSIDE;
    if (twin < 0 || from === to || from === OUTSIDE) continue;
    // Triangles run clockwise seen with north up, so this order keeps `from` on the left of its border.
    const steps = next.get(from) ?? new Map<number, number[]>();
    const [start, end] = [Math.floor(edge / 3), Math.floor(twin / 3)];
    steps.set(start, [...(steps.get(start) ?? []), end]);
    next.set(from, steps);
  }
  return new Map([...next].map(([area, steps]) => [area, chains(steps).map((ring) => ring.map(centre))]));
}

/** Follows steps from triangle to triangle until each is used once; every chain closes on its start. */
function chains(steps: Map<number, number[]>): number[][] {
  const rings: number[][] = [];
  for (const start of steps.keys())
    for (let end = steps.get(start)?.pop(); end !== undefined; end = steps.get(start)?.pop()) {
      const ring = [start];
      for (let at: number | undefined = end; at !== undefined && at !== start; at = steps.get(at)?.pop())
        ring.push(at);
      rings.push(ring);
    }
  return rings;
}

function circumcentre(coords: ArrayLike<number>, corners: ArrayLike<number>): [number, number] {
  const corner = (k: number) =>
    [coords[2 * (corners[k] ?? 0)] ?? 0, coords[2 * (corners[k] ?? 0) + 1] ?? 0] as const;
  const [[ax, ay], [bx, by], [cx, cy]] = [corner(0), corner(1), corner(2)];
  const [dx, dy, ex, ey] = [bx - ax, by - ay, cx - ax, cy - ay];
  const [b, c] = [dx * dx + dy * dy, ex * ex + ey * ey];
  const area = 2 * (dx * ey - dy * ex);
  return [ax + (ey * b - dy * c) / area, ay + (dx * c - ex * b) / area];
}

/** Rings as polygons: each outer ring with the holes inside it. Rings are closed here. */
function nest(rings: readonly Ring[]): Ring[][] {
  const closed = rings.filter((ring) => ring.length >= 3).map((ring): Ring => [...ring, ring[0] ?? [0, 0]]);
  const outer = closed.filter((ring) => turnOf(ring) > 0).map((ring): Ring[] => [ring]);
  for (const hole of closed.filter((ring) => turnOf(ring) < 0)) {
    const [at] = hole;
    const around = outer.filter(([ring]) => at && ring && isInRing(...at, ring));
    around.sort((a, b) => spanOf(a[0]) - spanOf(b[0]))[0]?.push(hole);
  }
  return outer;
}

/** Twice the signed area: positive when the ring runs counter-clockwise. */
function turnOf(ring: Ring): number {
  let sum = 0;
  for (const [i, [x, y]] of ring.entries()) {
    const [u, v] = ring[i + 1] ?? ring[0] ?? [x, y];
    sum += x * v - u * y;
  }
  return sum;
}

function spanOf(ring: Ring | undefined): number {
  const box = bboxOf(ring ?? []);
  return box ? (box[2] - box[0]) * (box[3] - box[1]) : Infinity;
}

const rounded = ([lng, lat]: readonly [number, number]): [number, number] => [
  Math.round(lng * 1e7) / 1e7,
  Math.round(lat * 1e7) / 1e7,
];
