import type { Feature, Polygon } from 'geojson';
import { centroid, contains, distanceToRing } from '../../places/polygon.js';
import type { Block } from './blocks.js';
import type { BuildingProperties, LanduseKind } from './demo-city.js';
import { distanceM, positionOf, type Spot } from './frame.js';
import { blocksOf, type Hamlet } from './hamlets.js';
import * as plan from './plan.js';
import type { Random } from '../simulator/random.js';
import { extent, fromKm, pointAt, rectangle, smooth } from './shapes.js';
import { UNNAMED } from './words.js';

type Building = Feature<Polygon, BuildingProperties>;

/** Between the houses and the middle of the street. */
const SETBACK_M = 10;

interface Pattern {
  readonly kind: BuildingProperties['kind'];
  readonly lengthM: readonly [from: number, to: number];
  readonly depthM: readonly [from: number, to: number];
  /** Free ground between rows, and between houses of a row. */
  readonly yardM: number;
  readonly gapM: number;
  readonly heightM: readonly [from: number, to: number];
  /** Part of the places that are built upon. */
  readonly fill: number;
}

const TOWERS: Pattern = {
  kind: 'residential',
  lengthM: [24, 32],
  depthM: [20, 25],
  yardM: 32,
  gapM: 30,
  heightM: [48, 84],
  fill: 0.9,
};

const PATTERNS: Partial<Record<LanduseKind, Pattern>> = {
  residential: {
    kind: 'residential',
    lengthM: [42, 66],
    depthM: [13, 16],
    yardM: 17,
    gapM: 12,
    heightM: [15, 33],
    fill: 0.9,
  },
  commercial: {
    kind: 'public',
    lengthM: [30, 56],
    depthM: [24, 38],
    yardM: 18,
    gapM: 14,
    heightM: [20, 70],
    fill: 0.9,
  },
  public: {
    kind: 'public',
    lengthM: [44, 76],
    depthM: [15, 22],
    yardM: 34,
    gapM: 22,
    heightM: [12, 28],
    fill: 0.75,
  },
  industry: {
    kind: 'industry',
    lengthM: [80, 180],
    depthM: [38, 66],
    yardM: 34,
    gapM: 28,
    heightM: [10, 26],
    fill: 0.8,
  },
};

/** Footprints in rows along each block: slabs and towers where people live, halls in the works, farmhouses outside. */
export function raiseBuildings(
  blocks: readonly Block[],
  hamlets: readonly Hamlet[],
  random: Random,
): Building[] {
  const siding = smooth(fromKm(plan.WORKS_SIDING), 120);
  const track = [...siding, ...siding.toReversed()];
  const isClear = ({ kind }: Block, spot: Spot) => kind !== 'industry' || distanceToRing(track, ...spot) > 75;
  return [
    ...blocks.flatMap((block) => fillBlock(block, (spot) => isClear(block, spot), random)),
    ...hamlets.filter(({ size }) => size !== 'hamlet').flatMap((hamlet) => fillHamlet(hamlet, random)),
  ];
}

/** Rows and places in a row are spread evenly over the block; what would stand in the street is left out. */
function fillBlock({ ring, kind }: Block, isClear: (spot: Spot) => boolean, random: Random): Building[] {
  const usual = PATTERNS[kind];
  if (!usual) return [];
  const pattern = kind === 'residential' && random.next() < 0.16 ? TOWERS : usual;
  const isHousing = pattern.kind === 'residential';
  const fill = isHousing ? pattern.fill * Math.max(0.3, 1 - heartless(ring) / 6500) : pattern.fill;
  const yardM = isHousing ? pattern.yardM * (1 + heartless(ring) / 4500) : pattern.yardM;
  const draw = ([from, to]: readonly [number, number]) => random.between(from, to);
  const heightM = Math.round(draw(pattern.heightM));
  const depth = draw(pattern.depthM);
  const angle = frontAngle(ring);
  const [ux, uy] = [Math.cos(angle), Math.sin(angle)];

  const buildings: Building[] = [];
  for (const v of spread(extent(ring, angle + Math.PI / 2), depth, yardM)) {
    const length = draw(pattern.lengthM);
    for (const u of spread(spanAt(ring, angle, v, depth), length, pattern.gapM)) {
      const spot: Spot = [u * ux - v * uy, u * uy + v * ux];
      if (random.next() > fill || !isClear(spot)) continue;
      const shape = rectangle(spot, angle, length * random.between(0.85, 1), depth);
      const fits = shape.every(
        ([x, y]) => contains([ring], x, y) && distanceToRing(ring, x, y) > SETBACK_M - 2,
      );
      if (fits) buildings.push(building(shape, pattern.kind, heightM));
    }
  }
  return buildings;
}

/** Middles of as many pieces of `size`, `gap` apart, as a stretch takes within its setbacks. */
function spread([lo, hi]: readonly [number, number], size: number, gap: number): number[] {
  const room = hi - lo - 2 * (SETBACK_M + 2);
  const count = Math.floor((room + gap) / (size + gap));
  if (count <= 0) return room > 0.6 * size ? [(lo + hi) / 2] : [];
  const step = count > 1 ? (room - size) / (count - 1) : 0;
  return Array.from({ length: count }, (_, i) => (lo + hi) / 2 + (i - (count - 1) / 2) * step);
}

/** The stretch along `angle` that a row of this depth, `v` aside of the frame's middle, has within the block. */
function spanAt(ring: readonly Spot[], angle: number, v: number, depth: number): [number, number] {
  const [ux, uy] = [Math.cos(angle), Math.sin(angle)];
  let [lo, hi] = [-Infinity, Infinity];
  for (const level of [v - depth / 2, v + depth / 2]) {
    let [enter, leave] = [Infinity, -Infinity];
    for (const [i, [bx, by]] of ring.entries()) {
      const [ax, ay] = pointAt(ring, (i + ring.length - 1) % ring.length);
      const [a, b] = [ay * ux - ax * uy - level, by * ux - bx * uy - level];
      if (a > 0 === b > 0) continue;
      const part = a / (a - b);
      const along = (ax + (bx - ax) * part) * ux + (ay + (by - ay) * part) * uy;
      [enter, leave] = [Math.min(enter, along), Math.max(leave, along)];
    }
    [lo, hi] = [Math.max(lo, enter), Math.min(hi, leave)];
  }
  return [lo, hi];
}

/** Metres from a block to the nearest heart of the town. */
function heartless(ring: readonly Spot[]): number {
  const middle: Spot = centroid(ring);
  return Math.min(...plan.HEARTS.map(({ spot: [x, y] }) => distanceM([x * 1000, y * 1000], middle)));
}

/** Direction of the block's side that runs most nearly west to east: houses face south. */
function frontAngle(ring: readonly Spot[]): number {
  let [best, most] = [0, 0];
  for (const [i, [bx, by]] of ring.entries()) {
    const [ax, ay] = pointAt(ring, (i + ring.length - 1) % ring.length);
    const weight = Math.abs(bx - ax) - 1.5 * Math.abs(by - ay);
    if (weight > most) [best, most] = [Math.atan((by - ay) / (bx - ax)), weight];
  }
  return best;
}

/** Two rows of farmhouses to a block, each with its yard. */
function fillHamlet(hamlet: Hamlet, random: Random): Building[] {
  const [ux, uy] = [Math.cos(hamlet.angle), Math.sin(hamlet.angle)];
  return blocksOf(hamlet).flatMap(({ spot: [x, y], gapM }) =>
    [-0.2, 0.2].flatMap((row) => {
      if (random.next() < 0.15) return [];
      const v = row * gapM;
      const middle: Spot = [x - v * uy, y + v * ux];
      const shape = rectangle(middle, hamlet.angle, gapM * random.between(0.5, 0.72), random.between(10, 16));
      return [building(shape, 'village', Math.round(random.between(4, 8)))];
    }),
  );
}

function building(shape: readonly Spot[], kind: BuildingProperties['kind'], heightM: number): Building {
  const ring = shape.map((spot) => [...positionOf(spot)]);
  const [first = []] = ring;
  return {
    type: 'Feature',
    geometry: { type: 'Polygon', coordinates: [[...ring, first]] },
    properties: { kind, heightM, names: UNNAMED },
  };
}
