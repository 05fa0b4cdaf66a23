import type { Names } from './demo-city.js';
import type { PlanarMap } from './planar-map.js';
import type { Random } from '../simulator/random.js';
import type { Streets } from './streets.js';
import type { TownPlan } from './town.js';
import { namesOf, numeral, roadNames, stems } from './words.js';

/** Names for the whole register: planned roads keep theirs, streets get a stem, lanes count within their community. */
export function nameStreets(
  map: PlanarMap,
  streets: Streets,
  town: TownPlan,
  stemOf: (community: string) => Names,
  random: Random,
): Names[] {
  const next = stems(random);
  const homes = homesOf(map, town);
  const lanes = new Map<string, number>();
  return streets.list.map(({ rank, planned }, street) => {
    if (planned) return roadNames(...planned);
    const home = homes.get(street);
    if (rank === 4 || home === undefined) {
      const [hans, en] = next();
      const isStreet = random.next() < 0.4;
      return namesOf(hans + (isStreet ? '街' : '路'), `${en} ${isStreet ? 'Street' : 'Road'}`);
    }
    const lane = (lanes.get(home) ?? 0) + 1;
    lanes.set(home, lane);
    const stem = stemOf(home);
    return {
      hans: `${stem.hans}${numeral(lane)}巷`,
      hant: `${stem.hant}${numeral(lane)}巷`,
      en: `${stem.en} Lane ${lane}`,
    };
  });
}

/** The community in which a street's first edge lies. */
function homesOf(map: PlanarMap, { compounds }: TownPlan): Map<number, string> {
  const homes = new Map<number, string>();
  for (const { community, faces } of compounds) {
    for (const edge of faces.flatMap((face) => map.loop(face))) {
      const street = map.street[edge] ?? -1;
      if (street >= 0 && !homes.has(street)) homes.set(street, community);
    }
  }
  return homes;
}
