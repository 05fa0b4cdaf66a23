import type { Feature, Polygon } from 'geojson';
import { centroid, contains, distanceToRing, innerPoint } from '../../places/polygon.js';
import type { LanduseKind, LanduseProperties, Names, DemoKeySite } from './demo-city.js';
import { distanceM, positionOf, spotOf, type Spot } from './frame.js';
import { groundOf, type Hamlet } from './hamlets.js';
import type { PlanarMap } from './planar-map.js';
import * as plan from './plan.js';
import type { Random } from './random.js';
import { pointAt, rectangle } from './shapes.js';
import { RAIL } from './streets.js';
import { WORKS, type TownPlan } from './town.js';
import { namesOf, UNNAMED } from './words.js';

/** A block of the town and what stands on it. */
export interface Block {
  readonly face: number;
  readonly ring: readonly Spot[];
  readonly kind: LanduseKind;
  readonly names: Names;
}

type Landuse = Feature<Polygon, LanduseProperties>;

const PUBLIC = new Set(['school', 'hospital', 'government', 'stadium', 'museum', 'railway-station', 'bus-station']);

/** Decides what stands on each block. */
export function zoneBlocks(map: PlanarMap, town: TownPlan, sites: readonly DemoKeySite[], random: Random): Block[] {
  const spots = sites.map(({ kind, names, position }) => ({ kind, names, spot: spotOf(position) }));
  return town.grids.flatMap(({ compound, faces }) => {
    const isWorks = WORKS.has(town.compounds[compound]?.community ?? '');
    return faces.map((face): Block => {
      const ring = map.loopSpots(face);
      const park = plan.PARKS.find(({ spot: [x, y] }) => contains([ring], x * 1000, y * 1000));
      if (park) return { face, ring, kind: 'park', names: namesOf(park.hans, park.en) };
      const site = spots.find(({ spot }) => contains([ring], ...spot));
      if (site?.kind === 'square') return { face, ring, kind: 'park', names: site.names };
      if (site && PUBLIC.has(site.kind)) return { face, ring, kind: 'public', names: site.names };
      return { face, ring, kind: usualKind(map, face, ring, isWorks, random), names: UNNAMED };
    });
  });
}

function usualKind(map: PlanarMap, face: number, ring: readonly Spot[], isWorks: boolean, random: Random): LanduseKind {
  if (map.loop(face).some((edge) => map.street[edge] === RAIL) && distanceToRing(ring, ...innerPoint(ring)) < 60) return 'park';
  const [x, y] = centroid(ring);
  if (isWorks) return y > 6500 ? 'gobi' : 'industry';
  const far = Math.min(...plan.HEARTS.map(({ spot: [hx, hy] }) => distanceM([hx * 1000, hy * 1000], [x, y])));
  const chance = random.next();
  if (chance < 0.85 - far / 900) return 'commercial';
  if (chance > 0.975) return 'park';
  if (chance > 0.94) return 'public';
  if (chance > 0.915 && far > 2200) return 'industry';
  return 'residential';
}

export function landuseFeatures(
  outline: readonly Spot[], blocks: readonly Block[], hamlets: readonly Hamlet[], map: PlanarMap, random: Random,
): Landuse[] {
  const airport = rectangle([plan.AIRPORT[0] * 1000 + 250, plan.AIRPORT[1] * 1000 + 420], 1.0, 3600, 820);
  return [
    area(outline, 'gobi', UNNAMED),
    ...hamlets.flatMap((hamlet) => fieldsOf(hamlet, map.loopSpots(hamlet.face), random)).map((ring) => area(ring, 'farmland', UNNAMED)),
    ...hamlets.filter(({ size }) => size !== 'post').map((hamlet) => area(groundOf(hamlet), 'village', UNNAMED)),
    area(airport, 'airport', namesOf('机场', 'Airport')),
    ...blocks.filter(({ kind }) => kind !== 'gobi').map(({ ring, kind, names }) => area(ring, kind, names)),
  ];
}

export function area(ring: readonly Spot[], kind: LanduseKind, names: Names): Landuse {
  const positions = ring.map((spot) => [...positionOf(spot)]);
  const [first = []] = positions;
  return {
    type: 'Feature',
    geometry: { type: 'Polygon', coordinates: [[...positions, first]] },
    properties: { kind, names },
  };
}

/** Fields around a hamlet: the quads of an uneven lattice that lie on its grid and within its reach. */
function fieldsOf({ spot, angle, fertility, size }: Hamlet, ring: readonly Spot[], random: Random): Spot[][] {
  if (size === 'post') return [];
  const reach = 500 + 1300 * fertility;
  const [stepU, stepV] = [random.between(260, 380), random.between(170, 230)];
  const [countU, countV] = [Math.ceil(reach / stepU), Math.ceil(reach / stepV)];
  const [ux, uy] = [Math.cos(angle), Math.sin(angle)];
  const corner = Array.from({ length: (2 * countU + 2) * (2 * countV + 2) }, (_, i): Spot => {
    const u = ((i % (2 * countU + 2)) - countU + random.between(-0.13, 0.13)) * stepU;
    const v = (Math.floor(i / (2 * countU + 2)) - countV + random.between(-0.13, 0.13)) * stepV;
    return [spot[0] + u * ux - v * uy, spot[1] + u * uy + v * ux];
  });
  const fields: Spot[][] = [];
  for (let k = 0; k <= 2 * countV; k++) {
    for (let i = 0; i <= 2 * countU; i++) {
      const row = 2 * countU + 2;
      const quad = [k * row + i, k * row + i + 1, (k + 1) * row + i + 1, (k + 1) * row + i].map((n) => pointAt(corner, n));
      const [x, y] = centroid(quad);
      const isFar = distanceM([x, y], spot) > reach * random.between(0.7, 1.05);
      if (isFar || random.next() < 0.07 || !quad.every((point) => contains([ring], ...point))) continue;
      fields.push(quad.map(([px, py]): Spot => [px + (x - px) * 0.05, py + (y - py) * 0.05]));
    }
  }
  return fields;
}
