import { centroid, contains, distanceToRing, innerPoint } from '../../places/polygon.js';
import type { DemoKeySite, KeySiteKind, LanduseKind, Names } from './demo-city.js';
import { distanceM, spotOf, type Spot } from './frame.js';
import type { PlanarMap } from './planar-map.js';
import * as plan from './plan.js';
import type { Random } from '../simulator/random.js';
import { RAIL } from './streets.js';
import { WORKS, type TownPlan } from './town.js';
import { namesOf, UNNAMED } from './words.js';

/** A block of the town and what stands on it. */
export interface Block {
  readonly ring: readonly Spot[];
  readonly kind: LanduseKind;
  readonly names: Names;
}

const PUBLIC = new Set<KeySiteKind>([
  'school',
  'hospital',
  'government',
  'stadium',
  'museum',
  'railway-station',
  'bus-station',
]);

/** North of it the works end in open gobi. */
const WORKS_END_M = 6500;

/** Decides what stands on each block. */
export function zoneBlocks(
  map: PlanarMap,
  town: TownPlan,
  sites: readonly DemoKeySite[],
  random: Random,
): Block[] {
  const placed = sites.map(({ kind, names, position }) => ({ kind, names, spot: spotOf(position) }));
  return town.grids.flatMap(({ compound, faces }) => {
    const isWorks = WORKS.has(town.compounds[compound]?.community ?? '');
    return faces.map((face): Block => {
      const ring = map.loopSpots(face);
      const park = plan.PARKS.find(({ spot: [x, y] }) => contains([ring], x * 1000, y * 1000));
      if (park) return { ring, kind: 'park', names: namesOf(park.hans, park.en) };
      const site = placed.find(({ spot }) => contains([ring], ...spot));
      if (site?.kind === 'square') return { ring, kind: 'park', names: site.names };
      if (site?.kind === 'mall' || site?.kind === 'market')
        return { ring, kind: 'commercial', names: site.names };
      if (site && PUBLIC.has(site.kind)) return { ring, kind: 'public', names: site.names };
      return { ring, kind: usualKind(ring, isRailside(map, face, ring), isWorks, random), names: UNNAMED };
    });
  });
}

/** The strip between the railway and the road beside it. */
function isRailside(map: PlanarMap, face: number, ring: readonly Spot[]): boolean {
  return (
    map.loop(face).some((edge) => map.street[edge] === RAIL) && distanceToRing(ring, ...innerPoint(ring)) < 60
  );
}

function usualKind(ring: readonly Spot[], isStrip: boolean, isWorks: boolean, random: Random): LanduseKind {
  if (isStrip) return 'park';
  const [x, y] = centroid(ring);
  if (isWorks) return y > WORKS_END_M ? 'gobi' : 'industry';
  const far = Math.min(...plan.HEARTS.map(({ spot: [hx, hy] }) => distanceM([hx * 1000, hy * 1000], [x, y])));
  const chance = random.next();
  if (chance < 0.85 - far / 900) return 'commercial';
  if (chance > 0.975) return 'park';
  if (chance > 0.94) return 'public';
  if (chance > 0.915 && far > 2200) return 'industry';
  return 'residential';
}
