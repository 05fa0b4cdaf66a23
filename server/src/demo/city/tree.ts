import { innerPoint } from '../../places/polygon.js';
import type { CountryPlan } from './country.js';
import type { CentreKind, CentreLevel, DemoCentre, DemoGrid, Names, Position, Ring } from './demo-city.js';
import { divisions, type Division } from './divisions.js';
import { addTo } from './grouped.js';
import { positionOf } from './frame.js';
import { OUTSIDE, type PlanarMap } from './planar-map.js';
import * as plan from './plan.js';
import { fromKm } from './shapes.js';
import { WORKS, type TownPlan } from './town.js';

const LEVELS: Readonly<Record<CentreKind, CentreLevel>> = {
  city: 'city',
  subdistrict: 'county',
  suburb: 'county',
  community: 'town',
  town: 'town',
  compound: 'community',
  village: 'community',
};

/** The 293 centres, parents first, and the 492 grids, from the faces that each is made of. */
export function buildTree(
  map: PlanarMap,
  town: TownPlan,
  country: CountryPlan,
  compoundNames: readonly Names[],
): { centres: DemoCentre[]; grids: DemoGrid[] } {
  const compounds = town.compounds.map((compound, i) => ({
    key: compoundKey(town, i),
    faces: compound.faces,
    names: compoundNames[i] ?? { hans: '', hant: '', en: '' },
    parent: compound.community,
  }));
  const faces = new Map<string, readonly number[]>();
  for (const { village, faces: own } of country.villages) faces.set(village, own);
  for (const { key, faces: own } of compounds) faces.set(key, own);

  const above = divisions();
  const parents = new Map<string, string | null>(above.map(({ key, parent }) => [key, parent]));
  for (const { key, parent } of compounds) parents.set(key, parent);
  const territory = territories(faces, parents);

  const shape = (key: string) => {
    const { polygon, anchor } = shapeOf(map, territory.get(key) ?? []);
    return { polygon, anchor: key === 'city' ? positionOf(fromKm([plan.CITY_PIN])[0] ?? [0, 0]) : anchor };
  };
  const centres = [
    ...above
      .filter(({ kind }) => kind !== 'village')
      .map((division) => centreOf(division, shape(division.key))),
    ...compounds.map(({ key, parent, names }) =>
      centreOf({ key, parent, names, kind: 'compound', code: null, aliases: [] }, shape(key)),
    ),
    ...above
      .filter(({ kind }) => kind === 'village')
      .map((division) => centreOf(division, shape(division.key))),
  ];
  return {
    centres,
    grids: gridsOf(map, town, country, new Map(above.map((division) => [division.key, division]))),
  };
}

/** Such as `xiongguan/fumin/03`: compounds count within their community. */
function compoundKey({ compounds }: TownPlan, index: number): string {
  const community = compounds[index]?.community ?? '';
  const before = compounds.slice(0, index).filter((other) => other.community === community).length;
  return `${community}/${String(before + 1).padStart(2, '0')}`;
}

function territories(
  own: ReadonlyMap<string, readonly number[]>,
  parents: ReadonlyMap<string, string | null>,
): Map<string, number[]> {
  const territory = new Map<string, number[]>();
  for (const [key, faces] of own) {
    for (let at: string | null = key; at !== null; at = parents.get(at) ?? null) {
      for (const face of faces) addTo(territory, at, face);
    }
  }
  return territory;
}

function centreOf(
  { key, parent, kind, code, names, aliases }: Omit<Division, 'stem'>,
  shape: { polygon: Ring; anchor: Position },
): DemoCentre {
  return { key, parent, level: LEVELS[kind], kind, code, names, aliases, ...shape };
}

type Uncoded = Omit<DemoGrid, 'code'>;

function gridsOf(
  map: PlanarMap,
  town: TownPlan,
  country: CountryPlan,
  above: ReadonlyMap<string, Division>,
): DemoGrid[] {
  const keys = town.compounds.map((_, i) => compoundKey(town, i));
  const byDivision = new Map<string, Uncoded[]>();
  for (const { compound, faces } of town.grids) {
    const division = town.compounds[compound]?.community ?? '';
    const kind = WORKS.has(division) ? 'dedicated' : 'basic';
    addTo(byDivision, division, { kind, centre: keys[compound] ?? '', ...shapeOf(map, faces) });
  }
  for (const { village, faces } of country.grids) {
    addTo(byDivision, village, { kind: 'basic', centre: village, ...shapeOf(map, faces) });
  }
  return [...byDivision].flatMap(([division, grids]) =>
    fromNorthWest(grids).map((grid, i) => ({
      code: `${above.get(division)?.code ?? ''}${String(i + 1).padStart(3, '0')}`,
      ...grid,
    })),
  );
}

/** The usual order of grid numbers: west to east in rows of about a quarter of a kilometre, north to south. */
function fromNorthWest(grids: readonly Uncoded[]): Uncoded[] {
  const row = ({ anchor: [, lat] }: Uncoded) => Math.round(lat / 0.0025);
  return grids.toSorted((a, b) => row(b) - row(a) || a.anchor[0] - b.anchor[0]);
}

function shapeOf(map: PlanarMap, faces: readonly number[]): { polygon: Ring; anchor: Position } {
  const members = new Set(faces);
  const polygon = map.ringOf((face) => members.has(face), faces[0] ?? OUTSIDE);
  const [lng, lat] = innerPoint(polygon);
  return { polygon, anchor: [Math.round(lng * 1e6) / 1e6, Math.round(lat * 1e6) / 1e6] };
}
