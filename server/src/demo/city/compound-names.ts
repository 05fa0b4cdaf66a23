import type { Names } from './demo-city.js';
import type { Random } from '../simulator/random.js';
import { WORKS, type TownPlan } from './town.js';
import { hantOf, namesOf, numeral, stems } from './words.js';

const PATTERNS = [
  ['花园', 'Garden'],
  ['家园', 'Homes'],
  ['小区', 'Estate'],
  ['佳苑', 'Court'],
  ['新村', 'New Village'],
  ['雅居', 'Residence'],
  ['公寓', 'Apartments'],
  ['里', 'Place'],
] as const;

const WORKS_NAMES = [
  ['炼铁', 'Ironmaking'],
  ['炼钢', 'Steelmaking'],
  ['热轧', 'Hot Rolling'],
  ['冷轧', 'Cold Rolling'],
  ['焦化', 'Coking'],
  ['烧结', 'Sintering'],
  ['动力', 'Power'],
  ['机修', 'Machine Repair'],
  ['不锈钢', 'Stainless'],
  ['型材', 'Sections'],
  ['原料', 'Raw Materials'],
  ['仓储', 'Storage'],
  ['物流', 'Logistics'],
  ['光伏', 'Solar'],
  ['新材料', 'New Materials'],
  ['装备', 'Equipment'],
  ['电解铝', 'Aluminium'],
  ['建材', 'Building Materials'],
  ['循环', 'Recycling'],
  ['质检', 'Quality'],
  ['储能', 'Energy Storage'],
  ['数据', 'Data Centre'],
  ['焊管', 'Pipe'],
  ['铁运', 'Works Rail'],
] as const;

/** Invented names of the compounds, in their order; no two are the same. */
export function nameCompounds(town: TownPlan, stemOf: (community: string) => Names, random: Random): Names[] {
  const next = stems(random.fork('stems'));
  const numbered = new Map<string, number>();
  let plants = 0;
  return town.compounds.map(({ community }) => {
    if (WORKS.has(community)) {
      const [hans, en] = WORKS_NAMES[plants % WORKS_NAMES.length] ?? ['综合', 'General'];
      const round = Math.floor(plants++ / WORKS_NAMES.length);
      return namesOf(
        `${hans}${round ? numeral(round + 1) : ''}厂区`,
        `${en} Works${round ? ` ${round + 1}` : ''}`,
      );
    }
    const count = numbered.get(community) ?? 0;
    if (count < 9 && random.next() < 0.38) {
      numbered.set(community, count + 1);
      const stem = stemOf(community);
      const sign = numeral(count + 1);
      return {
        hans: `${stem.hans}${sign}区`,
        hant: `${stem.hant}${sign}${hantOf('区')}`,
        en: `${stem.en} Quarter ${count + 1}`,
      };
    }
    const [hans, en] = next();
    const [generic, word] = random.pick(PATTERNS);
    return namesOf(hans + generic, `${en} ${word}`);
  });
}
