import { centroid, segmentsCross, signedArea } from '../../places/polygon.js';
import { distanceM, type Spot } from './frame.js';
import type { PlanarMap, RimPoint } from './planar-map.js';
import type { Random } from '../simulator/random.js';
import { extent } from './shapes.js';

// Locals: in the realm of a test runner every look at a global costs more than the arithmetic.
const { abs, atan2, cos, floor, min, PI: HALF_TURN, round, sin } = Math;

/** What a good cut is, where it is made. */
export interface CutStyle {
  readonly random: Random;
  /** Meets a street that ends on the other side of the rim, if one is this near. */
  readonly snapM: number;
  /** Keeps this far from corners. */
  readonly cornerM: number;
  /** What a square metre weighs here: equal parts have equal weight. */
  weightAt(spot: Spot): number;
  /** Inner points of the cut from `from` to `to`. */
  bend(from: Spot, to: Spot): Spot[];
}

export interface Cut {
  readonly from: RimPoint;
  readonly to: RimPoint;
  readonly via: readonly Spot[];
  /** The part left of the cut, of the whole weight. */
  readonly share: number;
}

interface Rim {
  readonly edges: readonly number[];
  readonly spots: readonly Spot[];
}

interface End {
  readonly point: RimPoint;
  readonly spot: Spot;
  readonly index: number;
  readonly joins: boolean;
}

const ROUNDS = [
  { turns: 5, sway: 0.06, offsets: 9, slack: 0.14 },
  { turns: 14, sway: 0.5, offsets: 13, slack: 0.25 },
  { turns: 40, sway: HALF_TURN, offsets: 17, slack: 0.42 },
] as const;

/** The best of some dozens of straight cuts that leave `share` of the face on one side, or null where none fits. */
export function chooseCut(map: PlanarMap, face: number, share: number, style: CutStyle): Cut | null {
  const edges = map.loop(face);
  const rim: Rim = { edges, spots: edges.map((edge) => map.spotAt(edge)) };
  const [along, stretch] = mainAxis(rim.spots);
  for (const { turns, sway, offsets, slack } of ROUNDS) {
    let best: Cut | null = null;
    let limit = Infinity;
    for (let i = 0; i < turns * offsets; i++) {
      const turn = floor(i / offsets);
      const across = stretch < 1.3 && turn % 2 === 1 ? 0 : HALF_TURN / 2;
      const angle = along + across + style.random.between(-sway, sway);
      const part = 0.5 + (((i % offsets) + style.random.next()) / offsets - 0.5) * 0.84;
      for (const ends of chords(rim, angle, part)) {
        const [cost, cut] = judge(map, rim, ends, { share, slack, limit }, style);
        if (cost < limit) [best, limit] = [cut, cost];
      }
    }
    if (best) return best;
  }
  return null;
}

/** Direction of the tightest box around the points, and how much longer it is than wide. */
function mainAxis(spots: readonly Spot[]): [angle: number, stretch: number] {
  let best: [number, number] = [0, 1];
  let least = Infinity;
  for (let k = 0; k < 45; k++) {
    const angle = (k * HALF_TURN) / 45;
    const [lo, hi] = extent(spots, angle);
    const [low, high] = extent(spots, angle + HALF_TURN / 2);
    const area = (hi - lo) * (high - low);
    if (area < least && hi - lo >= high - low) [best, least] = [[angle, (hi - lo) / (high - low)], area];
  }
  return best;
}

/** Pieces inside the face of the line at `angle` that has `part` of the face's extent beside it. */
function chords({ spots }: Rim, angle: number, part: number): [Hit, Hit][] {
  const [ux, uy] = [cos(angle), sin(angle)];
  const [lo, hi] = extent(spots, angle + HALF_TURN / 2);
  const level = lo + (hi - lo) * part;
  const hits: Hit[] = [];
  for (let i = 0; i < spots.length; i++) {
    const [ax, ay] = spotOn(spots, i);
    const [bx, by] = spotOn(spots, i + 1);
    const a = ay * ux - ax * uy - level;
    const b = by * ux - bx * uy - level;
    if (a > 0 === b > 0) continue;
    const t = a / (a - b);
    const [x, y] = [ax + (bx - ax) * t, ay + (by - ay) * t];
    hits.push({ index: i, spot: [x, y], along: x * ux + y * uy });
  }
  hits.sort((a, b) => a.along - b.along);
  const pieces: [Hit, Hit][] = [];
  for (let i = 0; i + 1 < hits.length; i += 2) {
    const [from, to] = [hits[i], hits[i + 1]];
    if (from && to) pieces.push([from, to]);
  }
  return pieces;
}

interface Hit {
  readonly index: number;
  readonly spot: Spot;
  readonly along: number;
}

/** Squared cosine of half a radian: a rim that turns less goes straight on. */
const FLAT = cos(0.5) ** 2;

const NO: [number, null] = [Infinity, null];

/** What is wrong with a cut (0 is perfect), with the cut itself; no cut where it costs more than `limit`. */
function judge(
  map: PlanarMap,
  rim: Rim,
  [a, b]: [Hit, Hit],
  { share, slack, limit }: { share: number; slack: number; limit: number },
  style: CutStyle,
): [cost: number, cut: Cut | null] {
  const from = settle(map, rim, a, b.spot, style);
  const to = settle(map, rim, b, a.spot, style);
  if (!from || !to || from.index === to.index) return NO;

  const [left, right] = [part(rim, from, to), part(rim, to, from)];
  const [leftArea, rightArea] = [signedArea(left), signedArea(right)];
  if (leftArea <= 0 || rightArea <= 0) return NO;
  const leftWeight = leftArea * style.weightAt(centroid(left));
  const leftShare = leftWeight / (leftWeight + rightArea * style.weightAt(centroid(right)));
  const miss = min(abs(leftShare - share), abs(leftShare - (1 - share)));
  if (miss > slack) return NO;
  const cost =
    5 * miss +
    0.9 * (unevenness(left, leftArea) + unevenness(right, rightArea)) +
    2.5 * (slant(rim, from, to.spot) + slant(rim, to, from.spot)) -
    (from.joins ? 0.45 : 0) -
    (to.joins ? 0.45 : 0) +
    0.25 * style.random.next();
  if (cost >= limit) return NO;
  const via = style.bend(from.spot, to.spot);
  if (leavesFace(rim, from, to, via)) return NO;
  return [cost, { from: from.point, to: to.point, via, share: leftShare }];
}

/** Moves an end to a street that already ends nearby; refuses one that comes too near a corner. */
function settle(map: PlanarMap, rim: Rim, hit: Hit, other: Spot, style: CutStyle): End | null {
  let joined: End | null = null;
  let nearest = style.snapM;
  for (let k = -3; k <= 4; k++) {
    const index = mod(hit.index + k, rim.edges.length);
    const spot = spotOn(rim.spots, index);
    const gap = distanceM(spot, hit.spot);
    if (!isFlat(rim.spots, index)) {
      if (gap < style.cornerM) return null;
      continue;
    }
    const edge = rim.edges[index] ?? -1;
    if (gap >= nearest) continue;
    nearest = gap;
    joined = { point: { edge, at: null }, spot, index, joins: goesOn(map, edge, spot, other) };
  }
  if (joined && (joined.joins || nearest < style.cornerM / 2)) return joined;
  if (joined && nearest < 18) return joined;
  const edge = rim.edges[hit.index] ?? -1;
  return { point: { edge, at: hit.spot }, spot: hit.spot, index: hit.index, joins: false };
}

/** Whether an edge leaves the vertex, beyond the rim, in about the direction of the cut. */
function goesOn(map: PlanarMap, edge: number, spot: Spot, other: Spot): boolean {
  const heading = atan2(spot[1] - other[1], spot[0] - other[0]);
  let spoke = (map.prev[edge] ?? 0) ^ 1;
  for (let k = 0; k < 8 && spoke !== edge; k++) {
    const [x, y] = map.spotAt(spoke ^ 1);
    const turn = abs(wrap(atan2(y - spot[1], x - spot[0]) - heading));
    if (turn < 0.4 && (map.street[spoke] ?? -1) >= 0) return true;
    spoke = (map.prev[spoke] ?? 0) ^ 1;
  }
  return false;
}

function isFlat(spots: readonly Spot[], index: number): boolean {
  const [ax, ay] = spotOn(spots, index - 1);
  const [bx, by] = spotOn(spots, index);
  const [cx, cy] = spotOn(spots, index + 1);
  const [ux, uy, vx, vy] = [bx - ax, by - ay, cx - bx, cy - by];
  const along = ux * vx + uy * vy;
  return along > 0 && along * along > FLAT * (ux * ux + uy * uy) * (vx * vx + vy * vy);
}

/** The ring left of a straight cut: the cut itself, then the rim from its end back to its start. */
function part({ spots }: Rim, from: End, to: End): Spot[] {
  const ring: Spot[] = [from.spot, to.spot];
  for (let i = to.index + 1; ; i++) {
    const index = mod(i, spots.length);
    if (index === from.index) {
      if (from.point.at) ring.push(spotOn(spots, index));
      return ring;
    }
    ring.push(spotOn(spots, index));
  }
}

function leavesFace({ spots }: Rim, from: End, to: End, via: readonly Spot[]): boolean {
  const path = [from.spot, ...via, to.spot];
  for (let k = 0; k + 1 < path.length; k++) {
    for (let i = 0; i < spots.length; i++) {
      const isNear = (end: End) =>
        i === end.index || (!end.point.at && i === mod(end.index - 1, spots.length));
      if ((k === 0 && isNear(from)) || (k + 2 === path.length && isNear(to))) continue;
      if (segmentsCross(spotOn(path, k), spotOn(path, k + 1), spotOn(spots, i), spotOn(spots, i + 1)))
        return true;
    }
  }
  return false;
}

/** 0 for a square, growing as a shape gets long or ragged. */
function unevenness(ring: readonly Spot[], area: number): number {
  let around = 0;
  for (let i = 0; i < ring.length; i++) around += distanceM(spotOn(ring, i), spotOn(ring, i + 1));
  return (around * around) / (16 * area) - 1;
}

/** 0 where the cut meets the rim at a right angle, 1 where it runs along it. */
function slant({ spots }: Rim, { index, spot }: End, other: Spot): number {
  const [ax, ay] = spotOn(spots, index);
  const [bx, by] = spotOn(spots, index + 1);
  const turn = atan2(by - ay, bx - ax) - atan2(other[1] - spot[1], other[0] - spot[0]);
  return 1 - abs(sin(turn));
}

function spotOn(spots: readonly Spot[], index: number): Spot {
  const spot = spots[mod(index, spots.length)];
  if (!spot) throw new RangeError('an empty rim has no spots');
  return spot;
}

function mod(value: number, size: number): number {
  return ((value % size) + size) % size;
}

function wrap(angle: number): number {
  return angle - 2 * HALF_TURN * round(angle / (2 * HALF_TURN));
}
