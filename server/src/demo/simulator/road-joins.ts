import { type LngLat, localMetres, type LocalMetres } from '@app/shared';

type Spot = readonly [eastM: number, northM: number];

interface Stretch {
  readonly a: Spot;
  readonly b: Spot;
  readonly lengthM: number;
  readonly line: number;
  /** Which stretch of its line it is. */
  readonly place: number;
}

/** Drawn lines often end some metres short of the road they meet. */
const JOIN_M = 14;
const CELL_M = 300;

/**
 * Gives lines a common vertex wherever they cross or end at one another: drawn roads need not have one there.
 * Existing vertices stay where they are; an end that is nearer than 14 m is what both are joined to.
 */
export function joinCrossings(lines: readonly (readonly LngLat[])[]): LngLat[][] {
  const flat = localMetres(lines[0]?.[0] ?? [0, 0]);
  const stretches = lines.flatMap((points, line) => stretchesOf(points, line, flat));
  const stops = new Map<Stretch, { alongM: number; spot: Spot }[]>();
  for (const [one, two] of neighbours(stretches)) {
    const spot = meetingOf(one, two);
    if (!spot) continue;
    for (const stretch of [one, two]) {
      const list = stops.get(stretch) ?? [];
      list.push({ alongM: gapM(stretch.a, spot), spot });
      stops.set(stretch, list);
    }
  }
  const joined = lines.map((points): LngLat[] => points.slice(0, 1));
  for (const stretch of stretches) {
    const between = (stops.get(stretch) ?? []).sort((x, y) => x.alongM - y.alongM);
    const end = lines[stretch.line]?.[stretch.place + 1];
    const line = joined[stretch.line];
    line?.push(...between.map(({ spot: [eastM, northM] }) => flat.toLngLat(eastM, northM)));
    if (end) line?.push(end);
  }
  return joined;
}

function stretchesOf(points: readonly LngLat[], line: number, flat: LocalMetres): Stretch[] {
  const spots = points.map((point): Spot => flat.toMetres(point));
  return spots.slice(1).flatMap((b, place) => {
    const a = spots[place];
    return a ? [{ a, b, lengthM: gapM(a, b), line, place }] : [];
  });
}

/** Where two stretches cross, or nearly do with an end; an end close to that spot takes its place. */
function meetingOf(one: Stretch, two: Stretch): Spot | undefined {
  const [[ax, ay], [bx, by], [cx, cy], [dx, dy]] = [one.a, one.b, two.a, two.b];
  const area = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx);
  if (Math.abs(area) < 1) return undefined;
  const t = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / area;
  const u = ((cx - ax) * (by - ay) - (cy - ay) * (bx - ax)) / area;
  const [reachT, reachU] = [JOIN_M / one.lengthM, JOIN_M / two.lengthM];
  if (t < -reachT || t > 1 + reachT || u < -reachU || u > 1 + reachU) return undefined;
  const spot: Spot = [ax + (bx - ax) * t, ay + (by - ay) * t];
  return [one.a, one.b, two.a, two.b].find((end) => gapM(end, spot) < JOIN_M) ?? spot;
}

/** Pairs of stretches that come near one another, each pair once; neighbours on one line already meet. */
function* neighbours(stretches: readonly Stretch[]): Generator<[Stretch, Stretch]> {
  const cells = new Map<string, number[]>();
  const met = new Set<number>();
  for (const [i, stretch] of stretches.entries())
    for (const key of cellsOf(stretch)) {
      const cell = cells.get(key) ?? [];
      for (const k of cell) {
        const other = stretches[k];
        const pair = k * stretches.length + i;
        if (!other || met.has(pair)) continue;
        met.add(pair);
        if (other.line !== stretch.line || stretch.place - other.place > 1) yield [other, stretch];
      }
      cell.push(i);
      cells.set(key, cell);
    }
}

/** The cells of the box around a stretch, with the reach of a join. */
function cellsOf({ a, b }: Stretch): string[] {
  const keys: string[] = [];
  const cell = (metres: number) => Math.floor(metres / CELL_M);
  for (let x = cell(Math.min(a[0], b[0]) - JOIN_M); x <= cell(Math.max(a[0], b[0]) + JOIN_M); x++)
    for (let y = cell(Math.min(a[1], b[1]) - JOIN_M); y <= cell(Math.max(a[1], b[1]) + JOIN_M); y++)
      keys.push(`${x},${y}`);
  return keys;
}

const gapM = ([ax, ay]: Spot, [bx, by]: Spot): number => Math.hypot(bx - ax, by - ay);
