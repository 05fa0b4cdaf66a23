// Locals: in the realm of a test runner every look at a global costs more than the arithmetic.
const { floor, max, min, sqrt } = Math;
const NOWHERE = Infinity;

/** A closed line of `[x, y]` points; whether the first comes again as the last makes no difference here. */
export type RingPoints = readonly (readonly number[])[];

/** `[minX, minY, maxX, maxY]`. */
export type Box = readonly [number, number, number, number];

/** Area by the shoelace sum, in squared units of the points: positive when counter-clockwise. */
export function signedArea(ring: RingPoints): number {
  const [ox, oy] = [at(ring, 0, 0), at(ring, 0, 1)];
  let twice = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax, ay, bx, by] = [at(ring, j, 0), at(ring, j, 1), at(ring, i, 0), at(ring, i, 1)];
    twice += (ax - ox) * (by - oy) - (bx - ox) * (ay - oy);
  }
  return twice / 2;
}

export function boxOf(ring: RingPoints): Box {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < ring.length; i++) {
    const [x, y] = [at(ring, i, 0), at(ring, i, 1)];
    minX = min(minX, x);
    minY = min(minY, y);
    maxX = max(maxX, x);
    maxY = max(maxY, y);
  }
  return [minX, minY, maxX, maxY];
}

/** Centre of mass of a ring with area; of a degenerate one, the mean of its points. */
export function centroid(ring: RingPoints): [number, number] {
  const [ox, oy] = [at(ring, 0, 0), at(ring, 0, 1)];
  let [twice, sumX, sumY, meanX, meanY] = [0, 0, 0, 0, 0];
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax, ay, bx, by] = [at(ring, j, 0), at(ring, j, 1), at(ring, i, 0), at(ring, i, 1)];
    const cross = (ax - ox) * (by - oy) - (bx - ox) * (ay - oy);
    twice += cross;
    sumX += (ax + bx - 2 * ox) * cross;
    sumY += (ay + by - 2 * oy) * cross;
    meanX += bx / ring.length;
    meanY += by / ring.length;
  }
  if (twice === 0) return [meanX, meanY];
  return [ox + sumX / (3 * twice), oy + sumY / (3 * twice)];
}

/**
 * Whether the ray from `(x, y)` towards +x meets the edge between two points of a ring. An edge owns its lower end
 * and not its upper one, and is read from its lower end: so an edge that two rings share gives both the same
 * answer, to the last bit.
 */
function crossesRay(ring: RingPoints, from: number, to: number, x: number, y: number): boolean {
  const [fromIsUp, toIsUp] = [at(ring, from, 1) > y, at(ring, to, 1) > y];
  if (fromIsUp === toIsUp) return false;
  const [low, high] = toIsUp ? [from, to] : [to, from];
  const lowX = at(ring, low, 0);
  const lowY = at(ring, low, 1);
  return (x - lowX) * (at(ring, high, 1) - lowY) < (y - lowY) * (at(ring, high, 0) - lowX);
}

/**
 * Even–odd test over all rings of a zone: holes and further parts are rings like any other.
 * Points on a border belong to one side only; on a tiling every inner point is in exactly one zone.
 */
export function contains(rings: readonly RingPoints[], x: number, y: number): boolean {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      if (crossesRay(ring, j, i, x, y)) inside = !inside;
    }
  }
  return inside;
}

/** Distance from a point to the nearest edge of a ring, in units of the points. */
export function distanceToRing(ring: RingPoints, x: number, y: number): number {
  let nearest = NOWHERE;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const far = squaredToEdge(ring, j, i, x, y);
    if (far < nearest) nearest = far;
  }
  return sqrt(nearest);
}

type Point = readonly [x: number, y: number];

/** Whether two segments cross in a point that is no end of either. */
export function segmentsCross(a: Point, b: Point, c: Point, d: Point): boolean {
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

/**
 * A point well inside a ring: the best of a raster, narrowed around its winner twice, by distance to the border. The
 * idea is Mapbox polylabel's; a label or a pin needs no more than this. A sliver that slips through the raster is
 * looked at through a finer one; where nothing is inside the answer is the centroid.
 */
export function innerPoint(ring: RingPoints): [number, number] {
  const [minX, minY, maxX, maxY] = boxOf(ring);
  let [width, height] = [maxX - minX, maxY - minY];
  // The centroid is what people expect to see: another point must be clearly better.
  let best = better(ring, { at: centroid(ring), reach: -1 }, [centroid(ring)]);
  best = { ...best, reach: best.reach * 1.1 };
  for (let cells = 8; cells <= 64; cells *= 2) {
    best = better(ring, best, raster(minX, minY, width, height, cells));
    if (best.reach >= 0) break;
  }
  for (let round = 0; round < 2; round++) {
    [width, height] = [width / 4, height / 4];
    best = better(ring, best, raster(best.at[0] - width / 2, best.at[1] - height / 2, width, height, 6));
  }
  return best.at;
}

interface Found {
  readonly at: [number, number];
  /** Distance to the border; negative where nothing inside was found. */
  readonly reach: number;
}

function better(ring: RingPoints, best: Found, points: readonly [number, number][]): Found {
  for (const point of points) {
    if (!contains([ring], ...point)) continue;
    const reach = distanceToRing(ring, ...point);
    if (reach > best.reach) best = { at: point, reach };
  }
  return best;
}

/** Middles of `cells` × `cells` cells of a rectangle. */
function raster(x: number, y: number, width: number, height: number, cells: number): [number, number][] {
  return Array.from({ length: cells * cells }, (_, i): [number, number] => [
    x + (((i % cells) + 0.5) * width) / cells,
    y + ((floor(i / cells) + 0.5) * height) / cells,
  ]);
}

function squaredToEdge(ring: RingPoints, from: number, to: number, x: number, y: number): number {
  const ax = at(ring, from, 0);
  const ay = at(ring, from, 1);
  const dx = at(ring, to, 0) - ax;
  const dy = at(ring, to, 1) - ay;
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : min(1, max(0, ((x - ax) * dx + (y - ay) * dy) / length));
  return (ax + along * dx - x) ** 2 + (ay + along * dy - y) ** 2;
}

function side([ax, ay]: Point, [bx, by]: Point, [x, y]: Point): number {
  return (bx - ax) * (y - ay) - (by - ay) * (x - ax);
}

/** One number at a time: a pair to each corner would be garbage in the hottest loop. */
function at(ring: RingPoints, index: number, axis: 0 | 1): number {
  const value = ring[index]?.[axis];
  if (value === undefined) throw new RangeError(`no point ${index} in a ring of ${ring.length}`);
  return value;
}
