import { collection, labelFeatures, railwayFeatures, roadFeatures, waterFeatures } from './basemap.js';
import { zoneBlocks } from './blocks.js';
import { raiseBuildings } from './buildings.js';
import { nameCompounds } from './compound-names.js';
import { layOutCountry } from './country.js';
import type { DemoCity, Names, Ring } from './demo-city.js';
import { divisions } from './divisions.js';
import { spotOf, type Spot } from './frame.js';
import { breakGround } from './ground.js';
import { settle } from './hamlets.js';
import { dedicate, placeKeySites } from './key-sites.js';
import { landuseFeatures } from './landuse.js';
import { OUTSIDE } from './planar-map.js';
import { randomFrom } from '../simulator/random.js';
import { buildRoads, closeCrossings } from './roads.js';
import { nameStreets } from './street-names.js';
import { layOutTown } from './town.js';
import { buildTree } from './tree.js';
import { UNNAMED } from './words.js';

/**
 * The invented city: the same seed gives the same city, to the last bit. Comes in: the drawn plan and the real names
 * and codes of the divisions. Goes out: centres and grids that tile it exactly, roads, sites and the layers of a
 * basemap. Never: a clock, a file, or any outline that was measured somewhere.
 */
export function buildDemoCity(seed: number): DemoCity {
  const random = randomFrom(seed);
  const ground = breakGround(random);
  const { map, streets, river } = ground;
  const country = layOutCountry(ground, random);
  const town = layOutTown(map, ground.core, streets, random);
  closeCrossings(map, streets);

  const stems = new Map(divisions().map(({ key, stem }) => [key, stem]));
  const stemOf = (key: string): Names => stems.get(key) ?? UNNAMED;
  const tree = buildTree(map, town, country, nameCompounds(town, stemOf, random.fork('compound names')));
  const blockRings = town.grids.flatMap(({ faces }) => faces.map((face) => map.loopSpots(face)));
  const keySites = placeKeySites(blockRings);
  const hamlets = settle(map, country, random.fork('hamlets'));

  const townFaces = new Set(town.grids.flatMap(({ faces }) => faces));
  const coreRing = spotsOf(map.ringOf((face) => townFaces.has(face), [...townFaces][0] ?? OUTSIDE));
  const outline = spotsOf(map.ringOf((face) => face !== OUTSIDE, 1));
  const streetNames = nameStreets(map, streets, town, stemOf, random.fork('street names'));
  const roads = buildRoads(
    { map, streets, streetNames, hamlets, core: coreRing, outline, villageStem: stemOf },
    random.fork('roads'),
  );
  const blocks = zoneBlocks(map, town, keySites, random.fork('zones'));
  const paint = random.fork('layers');
  return {
    seed,
    centres: tree.centres,
    grids: dedicate(tree.grids, keySites),
    keySites,
    roads,
    layers: {
      landuse: collection(landuseFeatures(outline, blocks, hamlets, map, paint)),
      water: collection(waterFeatures(outline, river, blocks, paint)),
      railway: collection(railwayFeatures(outline)),
      roads: collection(roadFeatures(roads)),
      buildings: collection(raiseBuildings(blocks, hamlets, paint)),
      labels: collection(labelFeatures(tree.centres, keySites, hamlets, river)),
    },
  };
}

function spotsOf(ring: Ring): Spot[] {
  return ring.slice(0, -1).map(spotOf);
}
