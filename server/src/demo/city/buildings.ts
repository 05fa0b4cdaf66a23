import type { Feature, Polygon } from 'geojson';
import { centroid, contains, distanceToRing, signedArea } from '../../places/polygon.js';
import type { BuildingProperties, LanduseKind } from './demo-city.js';
import { distanceM, positionOf, type Spot } from './frame.js';
import { blocksOf, type Hamlet } from './hamlets.js';
import type { Block } from './landuse.js';
import * as plan from './plan.js';
import type { Random } from './random.js';
import { pointAt, rectangle } from './shapes.js';
import { UNNAMED } from './words.js';

type Building = Feature<Polygon, BuildingProperties>;

interface Pattern {
  readonly kind: BuildingProperties['kind'];
  readonly lengthM: readonly [number, number];
  readonly depthM: readonly [number, number];
  readonly rowM: number;
  readonly gapM: number;
  readonly heightM: readonly [number, number];
  /** Part of the places that are built upon. */
  readonly fill: number;
}

const PATTERNS: Partial<Record<LanduseKind, Pattern>> = {
  residential: { kind: 'residential', lengthM: [44, 72], depthM: [13, 15], rowM: 42, gapM: 16, heightM: [15, 33], fill: 0.86 },
  commercial: { kind: 'public', lengthM: [34, 62], depthM: [26, 40], rowM: 58, gapM: 20, heightM: [20, 70], fill: 0.8 },
  public: { kind: 'public', lengthM: [46, 80], depthM: [16, 22], rowM: 62, gapM: 28, heightM: [12, 28], fill: 0.62 },
  industry: { kind: 'industry', lengthM: [90, 190], depthM: [40, 70], rowM: 105, gapM: 36, heightM: [10, 26], fill: 0.7 },
};

/** Footprints in rows along each block: slabs where people live, halls in the works. */
export function raiseBuildings(blocks: readonly Block[], hamlets: readonly Hamlet[], random: Random): Building[] {
  return [
    ...blocks.flatMap((block) => fillBlock(block, random)),
    ...hamlets.filter(({ size }) => size !== 'hamlet').flatMap((hamlet) => fillHamlet(hamlet, random)),
  ];
}

function fillBlock({ ring, kind }: Block, random: Random): Building[] {
  const pattern = PATTERNS[kind];
  if (!pattern) return [];
  const middle: Spot = centroid(ring);
  const far = Math.min(...plan.HEARTS.map(({ spot: [x, y] }) => distanceM([x * 1000, y * 1000], middle)));
  const isTower = kind === 'residential' && random.next() < 0.16;
  const rowM = pattern.rowM * (isTower ? 1.5 : 1 + far / 9000);
  const fill = pattern.fill * (kind === 'residential' ? Math.max(0.35, 1 - far / 6000) : 1);
  const angle = frontAngle(ring);
  const [ux, uy] = [Math.cos(angle), Math.sin(angle)];
  const reach = Math.sqrt(signedArea(ring)) * 1.1;
  const buildings: Building[] = [];
  const between = ([from, to]: readonly [number, number]) => random.between(from, to);
  const heightM = Math.round(isTower ? random.between(48, 84) : between(pattern.heightM));
  for (let v = -reach; v <= reach; v += rowM) {
    for (let u = -reach + random.between(0, 25); u <= reach; ) {
      const length = isTower ? random.between(24, 32) : between(pattern.lengthM);
      const depth = isTower ? random.between(20, 26) : between(pattern.depthM);
      const at = u + length / 2;
      u += length + pattern.gapM * (isTower ? 2.2 : 1);
      if (random.next() > fill) continue;
      const shape = rectangle([middle[0] + at * ux - v * uy, middle[1] + at * uy + v * ux], angle, length, depth);
      if (shape.every(([x, y]) => contains([ring], x, y) && distanceToRing(ring, x, y) > 9)) {
        buildings.push(building(shape, pattern.kind, heightM));
      }
    }
  }
  return buildings;
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

function fillHamlet(hamlet: Hamlet, random: Random): Building[] {
  return blocksOf(hamlet).flatMap(({ spot: [x, y], lengthM, widthM }) => {
    const [ux, uy] = [Math.cos(hamlet.angle), Math.sin(hamlet.angle)];
    const rows = [-0.2, 0.2];
    return rows.flatMap((row) => {
      if (random.next() < 0.15) return [];
      const v = row * widthM;
      const shape = rectangle([x - v * uy, y + v * ux], hamlet.angle, lengthM * random.between(0.5, 0.72), random.between(10, 16));
      return [building(shape, 'village', Math.round(random.between(4, 8)))];
    });
  });
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
