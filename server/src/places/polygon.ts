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
 * Whether the ray from `(x, y)` towards +x meets the edge. An edge owns its lower end and not its upper one,
 * and is always read from its lower end: so an edge that two rings share gives both the same answer, to the last bit.
 */
export function crossesRay(ax: number, ay: number, bx: number, by: number, x: number, y: number): boolean {
  if (ay > y === by > y) return false;
  return by > ay ? (x - ax) * (by - ay) < (y - ay) * (bx - ax) : (x - bx) * (ay - by) < (y - by) * (ax - bx);
}

/**
 * Even–odd test over all rings of a zone: holes and further parts are rings like any other.
 * Points on a border belong to one side only; on a tiling every inner point is in exactly one zone.
 */
export function contains(rings: readonly RingPoints[], x: number, y: number): boolean {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      if (crossesRay(at(ring, j, 0), at(ring, j, 1), at(ring, i, 0), at(ring, i, 1), x, y)) inside = !inside;
    }
  }
  return inside;
}

/** Distance from a point to the nearest edge of a ring, in units of the points. */
export function distanceToRing(ring: RingPoints, x: number, y: number): number {
  let nearest = NOWHERE;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const far = squaredToSegment(at(ring, j, 0), at(ring, j, 1), at(ring, i, 0), at(ring, i, 1), x, y);
    if (far < nearest) nearest = far;
  }
  return sqrt(nearest);
}

/** Two segments that meet anywhere but in an end that they share. */
export function segmentsCross(
  [ax, ay]: readonly [number, number],
  [bx, by]: readonly [number, number],
  [cx, cy]: readonly [number, number],
  [dx, dy]: readonly [number, number],
): boolean {
  const c = side(ax, ay, bx, by, cx, cy);
  const d = side(ax, ay, bx, by, dx, dy);
  const a = side(cx, cy, dx, dy, ax, ay);
  const b = side(cx, cy, dx, dy, bx, by);
  return c * d < 0 && a * b < 0;
}

/**
 * A point well inside a ring: the best of a grid of 8 × 8, which is then narrowed around its winner twice, by
 * distance to the border. The idea is Mapbox polylabel's; a label or a pin needs no more than this. A sliver that
 * slips through the grid is looked at more closely; the centroid is the answer where nothing is inside.
 */
export function innerPoint(ring: RingPoints): [number, number] {
  const [minX, minY, maxX, maxY] = boxOf(ring);
  let best = centroid(ring);
  // The centroid is what people expect to see: another point must be clearly better.
  let reach = contains([ring], ...best) ? distanceToRing(ring, ...best) * 1.1 : -1;
  const search = (x: number, y: number, width: number, height: number, cells: number) => {
    for (let i = 0; i < cells * cells; i++) {
      const at: [number, number] = [
        x + (((i % cells) + 0.5) * width) / cells,
        y + ((floor(i / cells) + 0.5) * height) / cells,
      ];
      if (!contains([ring], ...at)) continue;
      const distance = distanceToRing(ring, ...at);
      if (distance > reach) [best, reach] = [at, distance];
    }
  };
  let [width, height] = [maxX - minX, maxY - minY];
  for (let cells = 8; cells <= 64 && (cells === 8 || reach < 0); cells *= 2)
    search(minX, minY, width, height, cells);
  for (let round = 0; round < 2 && reach >= 0; round++) {
    [width, height] = [width / 4, height / 4];
    search(best[0] - width / 2, best[1] - height / 2, width, height, 6);
  }
  return best;
}

function squaredToSegment(ax: number, ay: number, bx: number, by: number, x: number, y: number): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : min(1, max(0, ((x - ax) * dx + (y - ay) * dy) / length));
  return (ax + along * dx - x) ** 2 + (ay + along * dy - y) ** 2;
}

function side(ax: number, ay: number, bx: number, by: number, x: number, y: number): number {
  return (bx - ax) * (y - ay) - (by - ay) * (x - ax);
}

/** One number at a time: a pair to each corner would be garbage in the hottest loop. */
function at(ring: RingPoints, index: number, axis: 0 | 1): number {
  const value = ring[index]?.[axis];
  if (value === undefined) throw new RangeError(`no point ${index} in a ring of ${ring.length}`);
  return value;
}
