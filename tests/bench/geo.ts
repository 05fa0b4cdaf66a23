import Flatbush from 'flatbush';
import { ZoneIndex } from '../../server/src/places/zone-index.js';
import { Nearest } from '../../server/src/positions/nearest.js';
import { randomFrom } from '../../server/src/demo/simulator/random.js';
import { type BenchRow, cpuOf, inTurns, median, type Plot } from './measure.js';

type Point = [number, number];
/** A quick run asks fewer, and of the goals' own sizes alone. */
const POINTS = { quick: 200_000, long: 1_000_000 };
const ZONE_SIDES = [22, 100];
const FEWER_SIDES = [5];
const TEAMS = 20_000;
const FEWER_TEAMS = [500, 3_000];

/** CPU of one question, in ns for zones and µs for teams, and how many answers were not those of the plain way. */
interface Found {
  readonly size: number;
  readonly ours: number;
  readonly plain: number;
  readonly mismatches: number;
}

/** Row 8 of the goals: zones and the nearest teams, each against its plain counterpart on the same points. */
export async function benchGeo(isQuick: boolean): Promise<BenchRow[]> {
  const repeats = isQuick ? 2 : 5;
  const points = isQuick ? POINTS.quick : POINTS.long;
  const goal: Found[] = [];
  for (const side of ZONE_SIDES) goal.push(await zones(side, repeats, points));
  const rows = goal.map((found) => zoneRow(found, points));
  const all = await nearestTen(TEAMS, repeats);
  if (isQuick) return [...rows, nearestRow(all)];
  const fewer: Found[] = [];
  for (const side of FEWER_SIDES) fewer.push(await zones(side, repeats, points / 10));
  const [first, ...rest] = rows;
  const byTeams: Found[] = [];
  for (const teams of FEWER_TEAMS) byTeams.push(await nearestTen(teams, repeats));
  const zonePlot = plotOf([...fewer, ...goal], {
    name: '8-zones',
    title: 'Zone of a point',
    x: 'zones',
    y: 'ns of CPU',
  });
  const teamPlot = plotOf([...byTeams, all], {
    name: '8-teams',
    title: 'Nearest ten, 40 % free',
    x: 'teams',
    y: 'µs of CPU',
  });
  return [
    ...(first ? [{ ...first, plots: [zonePlot] }] : []),
    ...rest,
    { ...nearestRow(all), plots: [teamPlot] },
  ];
}

function plotOf(found: readonly Found[], about: Pick<Plot, 'name' | 'title' | 'x' | 'y'>): Plot {
  const line = (name: string, of: (one: Found) => number) => ({
    name,
    points: found.map((one) => [one.size, of(one)] as const),
  });
  return {
    ...about,
    series: [line('ours', ({ ours }) => ours), line('the plain way', ({ plain }) => plain)],
  };
}

function zoneRow({ size, ours, plain, mismatches }: Found, points: number): BenchRow {
  const ratio = plain / ours;
  return {
    name: `8a zone of a point, ${size} zones of 64 corners, against flatbush and ray casting`,
    goal: '≥ 5 ×, 0 mismatches',
    measured: `${ratio.toFixed(1)} × (${ours.toFixed(0)} against ${plain.toFixed(0)} ns of CPU), ${mismatches} mismatches on ${points / 1e6} M points`,
    holds: ratio >= 5 && mismatches === 0,
  };
}

function nearestRow({ size, ours, plain, mismatches }: Found): BenchRow {
  const ratio = plain / ours;
  return {
    name: `8b nearest 10 of ${size} teams, 40 % free, against a linear scan of columns`,
    goal: '≥ 20 ×',
    measured: `${ratio.toFixed(1)} × (${ours.toFixed(2)} against ${plain.toFixed(1)} µs of CPU), ${mismatches} differ of 500`,
    holds: ratio >= 20 && mismatches === 0,
  };
}

/** A tiling of jagged zones with 64 corners each, neighbours sharing every corner of their border. */
function jaggedTiles(side: number): Point[][] {
  const perSide = 16;
  const bend = (x: number, y: number): Point => [
    x + 0.2 * Math.sin(7 * x + 3 * y) + 0.05 * Math.sin(40 * y + 13 * x),
    y + 0.2 * Math.cos(5 * x - 2 * y) + 0.05 * Math.cos(43 * x - 11 * y),
  ];
  return Array.from({ length: side * side }, (_, i) => {
    const [x, y] = [i % side, Math.floor(i / side)];
    const steps = Array.from({ length: perSide }, (_step, at) => at / perSide);
    return [
      ...steps.map((at) => bend(x + at, y)),
      ...steps.map((at) => bend(x + 1, y + at)),
      ...steps.map((at) => bend(x + 1 - at, y + 1)),
      ...steps.map((at) => bend(x, y + 1 - at)),
    ];
  });
}

/** Ray casting over one flat ring, with the tie rule of `contains`. */
function isInside(ring: Float64Array, x: number, y: number): boolean {
  let inside = false;
  let [fromX, fromY] = [ring.at(-2) ?? 0, ring.at(-1) ?? 0];
  for (let i = 0; i < ring.length; i += 2) {
    const toX = ring[i] ?? 0;
    const toY = ring[i + 1] ?? 0;
    if (fromY > y !== toY > y) {
      const [lowX, lowY, highX, highY] = fromY < toY ? [fromX, fromY, toX, toY] : [toX, toY, fromX, fromY];
      if ((x - lowX) * (highY - lowY) < (y - lowY) * (highX - lowX)) inside = !inside;
    }
    [fromX, fromY] = [toX, toY];
  }
  return inside;
}

async function zones(side: number, repeats: number, points: number): Promise<Found> {
  const rings = jaggedTiles(side);
  const index = ZoneIndex.ofRings(rings);
  const boxes = new Flatbush(rings.length);
  for (const ring of rings) {
    const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)];
    boxes.add(Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys));
  }
  boxes.finish();
  const flat = rings.map((ring) => Float64Array.from(ring.flat()));
  const plain = (x: number, y: number): number => {
    let found = -1;
    for (const zone of boxes.search(x, y, x, y)) {
      const ring = flat[zone];
      if (ring && (found < 0 || zone < found) && isInside(ring, x, y)) found = zone;
    }
    return found;
  };
  const random = randomFrom(1).next;
  const xs = Float64Array.from({ length: points }, () => random() * side);
  const ys = Float64Array.from({ length: points }, () => random() * side);
  let mismatches = 0;
  for (let i = 0; i < points; i++)
    if (index.locate(xs[i] ?? 0, ys[i] ?? 0) !== plain(xs[i] ?? 0, ys[i] ?? 0)) mismatches += 1;
  // Fewer in the timed part: what is slow must not take the whole bench.
  const timed = (find: (x: number, y: number) => number, count: number) => async () => {
    let sum = 0;
    const cpu = await cpuOf(() => {
      for (let i = 0; i < count; i++) sum += find(xs[i] ?? 0, ys[i] ?? 0);
    });
    if (Number.isNaN(sum)) throw new Error('not a number');
    return (cpu * 1e9) / count;
  };
  const [ours = [], theirs = []] = await inTurns(repeats, [
    timed((x, y) => index.locate(x, y), points),
    timed(plain, points / 5),
  ]);
  return { size: rings.length, ours: median(ours), plain: median(theirs), mismatches };
}

async function nearestTen(teams: number, repeats: number): Promise<Found> {
  const random = randomFrom(2).next;
  const lng = Float64Array.from({ length: teams }, () => 98.1 + random() * 0.4);
  const lat = Float64Array.from({ length: teams }, () => 39.65 + random() * 0.3);
  const free = Int32Array.from(Array.from({ length: teams }, (_, row) => row).filter(() => random() < 0.4));
  const nearest = new Nearest();
  const places = { lng, lat };
  nearest.rebuild(free, places);
  const QUERIES = 2_000;
  const asked = Array.from({ length: QUERIES }, (): Point => [98.1 + random() * 0.4, 39.65 + random() * 0.3]);
  const scan = scanOver(free, places);
  let mismatches = 0;
  for (const [x, y] of asked.slice(0, 500)) {
    const found = nearest.nearest(x, y, 10).map(({ row }) => row);
    if (found.join() !== scan(x, y).join()) mismatches += 1;
  }
  const timed = (find: (x: number, y: number) => unknown, rounds: number) => async () => {
    const cpu = await cpuOf(() => {
      for (let round = 0; round < rounds; round++) for (const [x, y] of asked) find(x, y);
    });
    return (cpu * 1e6) / (rounds * QUERIES);
  };
  const [ours = [], theirs = []] = await inTurns(repeats, [
    // The quick one more often, so that both are long enough to be measured.
    timed((x, y) => nearest.nearest(x, y, 10), 20),
    timed(scan, 1),
  ]);
  return { size: teams, ours: median(ours), plain: median(theirs), mismatches };
}

/** The ten nearest by a scan over all, with chords of the unit sphere made ready beforehand: the plain limit. */
function scanOver(rows: Int32Array, { lng, lat }: { lng: Float64Array; lat: Float64Array }) {
  const RAD = Math.PI / 180;
  const xyz = new Float64Array(3 * rows.length);
  rows.forEach((row, i) => {
    const [theta, phi] = [(lng[row] ?? 0) * RAD, (lat[row] ?? 0) * RAD];
    xyz[3 * i] = Math.cos(phi) * Math.cos(theta);
    xyz[3 * i + 1] = Math.cos(phi) * Math.sin(theta);
    xyz[3 * i + 2] = Math.sin(phi);
  });
  const best = new Float64Array(10);
  const found = new Int32Array(10);
  return (x: number, y: number): number[] => {
    best.fill(Infinity);
    const [theta, phi] = [x * RAD, y * RAD];
    const [px, py, pz] = [Math.cos(phi) * Math.cos(theta), Math.cos(phi) * Math.sin(theta), Math.sin(phi)];
    for (let i = 0; i < rows.length; i++) {
      const dx = (xyz[3 * i] ?? 0) - px;
      const dy = (xyz[3 * i + 1] ?? 0) - py;
      const dz = (xyz[3 * i + 2] ?? 0) - pz;
      const chord = dx * dx + dy * dy + dz * dz;
      if (chord >= (best[9] ?? 0)) continue;
      let at = 9;
      for (; at > 0 && (best[at - 1] ?? 0) > chord; at--) {
        best[at] = best[at - 1] ?? 0;
        found[at] = found[at - 1] ?? 0;
      }
      best[at] = chord;
      found[at] = rows[i] ?? 0;
    }
    return [...found];
  };
}
