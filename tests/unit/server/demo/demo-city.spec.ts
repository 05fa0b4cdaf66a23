import { describe, expect, it } from '@jest/globals';
import { basemapOf } from '../../../../server/src/demo/city/basemap.js';
import { buildDemoCity } from '../../../../server/src/demo/city/build-demo-city.js';
import type {
  CentreLevel,
  DemoCentre,
  DemoRoadEdge,
  Named,
  Ring,
} from '../../../../server/src/demo/city/demo-city.js';
import { randomFrom } from '../../../../server/src/demo/simulator/random.js';
import { contains, segmentsCross, signedArea } from '../../../../server/src/places/polygon.js';
import { ZoneIndex } from '../../../../server/src/places/zone-index.js';

const city = buildDemoCity(1);
const byKey = new Map(city.centres.map((centre) => [centre.key, centre]));
const LEVELS: readonly CentreLevel[] = ['city', 'county', 'town', 'community'];

const centresAt = (level: CentreLevel) => city.centres.filter((centre) => centre.level === level);
const childrenOf = (key: string) => city.centres.filter(({ parent }) => parent === key);
const gridsOf = (key: string) => city.grids.filter(({ centre }) => centre === key);
const outline = (byKey.get('city') as DemoCentre).polygon;

describe('the tree of centres', () => {
  it('has the city’s own numbers', () => {
    const count = (kind: DemoCentre['kind'], under = '') =>
      city.centres.filter((centre) => centre.kind === kind && centre.key.startsWith(under)).length;
    expect(LEVELS.map((level) => centresAt(level).length)).toEqual([1, 3, 34, 255]);
    expect([count('community', 'xiongguan/'), count('community', 'gangcheng/'), count('town')]).toEqual([
      17, 14, 3,
    ]);
    expect([count('compound', 'xiongguan/'), count('compound', 'gangcheng/'), count('village')]).toEqual([
      142, 96, 17,
    ]);
  });

  it('puts parents first, one level above their children', () => {
    for (const [i, { key, parent, level }] of city.centres.entries()) {
      const above = city.centres.slice(0, i).find((centre) => centre.key === parent);
      expect([key, above?.level]).toEqual([key, LEVELS[LEVELS.indexOf(level) - 1]]);
    }
  });

  it('knows real names and codes, and leaves the suburb and the compounds without a code', () => {
    expect(byKey.get('city')).toMatchObject({
      code: '620200',
      names: { hans: '嘉峪关市', hant: '嘉峪關市', en: 'Jiayuguan City' },
    });
    expect(byKey.get('suburb')).toMatchObject({ code: null, kind: 'suburb' });
    expect(byKey.get('gangcheng/dongan')).toMatchObject({
      code: '620201002008',
      names: { en: "Dong'an Community" },
    });
    expect(byKey.get('suburb/yuquan/jiayuguan')).toMatchObject({
      code: '620201101201',
      names: { hans: '嘉峪关村' },
    });
    expect(byKey.get('xiongguan')?.aliases).toContain('雄关区');
    for (const { code, kind } of city.centres)
      expect(code === null).toBe(kind === 'suburb' || kind === 'compound');
  });

  it('names every place once in its town, in three scripts', () => {
    for (const { names } of city.centres)
      expect(Object.values(names).every((name) => name.length > 0)).toBe(true);
    expect(new Set(city.centres.map(({ key }) => key)).size).toBe(293);
    expect(
      new Set(city.centres.filter(({ kind }) => kind === 'compound').map(({ names }) => names.hans)).size,
    ).toBe(238);
  });
});

describe('the grids', () => {
  it('are 492, each under a compound or village, none of which is without', () => {
    expect(city.grids).toHaveLength(492);
    for (const { centre } of city.grids) expect(byKey.get(centre)?.level).toBe('community');
    for (const { key } of centresAt('community')) expect([key, gridsOf(key).length > 0]).toEqual([key, true]);
  });

  it('carry the 12 digits of their community or village, and 3 of sequence', () => {
    expect(new Set(city.grids.map(({ code }) => code)).size).toBe(492);
    for (const { code, centre } of city.grids) {
      const home = byKey.get(centre);
      const division = home?.kind === 'village' ? home : byKey.get(home?.parent ?? '');
      expect(code).toMatch(/^\d{15}$/);
      expect(code.slice(0, 12)).toBe(division?.code);
    }
  });

  it('are of a size that a worker can walk in town, and drive outside', () => {
    for (const { kind, centre, polygon } of city.grids) {
      const sideM = Math.sqrt(signedArea(polygon) * 85_676 * 111_031);
      const [least, most] = centre.startsWith('suburb/')
        ? [1000, 3600]
        : [120, kind === 'basic' ? 720 : 1500];
      expect([centre, sideM > least && sideM < most, Math.round(sideM)]).toEqual([
        centre,
        true,
        Math.round(sideM),
      ]);
    }
  });
});

describe('the ground', () => {
  it('is covered exactly: the areas of the parts are the area of the whole', () => {
    for (const { key, polygon } of city.centres) {
      const parts = [...childrenOf(key), ...gridsOf(key)].map((part) => latticeArea(part.polygon));
      expect([key, parts.reduce((sum, part) => sum + part, 0)]).toEqual([key, latticeArea(polygon)]);
    }
  });

  it('belongs to exactly one part of each whole, wherever one stands', () => {
    const random = randomFrom(7);
    const misplaced: unknown[] = [];
    const check = (parts: readonly { polygon: Ring }[], points: readonly [number, number][]) => {
      for (const point of points) {
        if (parts.filter(({ polygon }) => contains([polygon], ...point)).length !== 1) misplaced.push(point);
      }
    };
    for (const { key, polygon } of city.centres.filter(({ level }) => level !== 'community')) {
      check(childrenOf(key), pointsIn(polygon, 150, random));
    }
    check(city.grids, pointsIn(outline, 1000, random));
    expect(misplaced).toEqual([]);
  });

  it('is made of simple, closed, counter-clockwise rings on the lattice of 1e-6 degree', () => {
    for (const { polygon } of [...city.centres, ...city.grids]) {
      expect(polygon[0]).toEqual(polygon.at(-1));
      expect(new Set(polygon.slice(1).map(String)).size).toBe(polygon.length - 1);
      expect(signedArea(polygon)).toBeGreaterThan(0);
      expect(polygon.flat().filter((value) => value !== Math.round(value * 1e6) / 1e6)).toEqual([]);
    }
    for (const { code, polygon } of city.grids) expect([code, crossesItself(polygon)]).toEqual([code, false]);
  });

  it('holds every anchor in its own polygon', () => {
    for (const { anchor, polygon } of [...city.centres, ...city.grids])
      expect(contains([polygon], ...anchor)).toBe(true);
  });

  it('is some 30 to 40 km across, around the known centre', () => {
    const [lngs, lats] = [outline.map(([lng]) => lng), outline.map(([, lat]) => lat)];
    const [widthKm, heightKm] = [
      (Math.max(...lngs) - Math.min(...lngs)) * 85.7,
      (Math.max(...lats) - Math.min(...lats)) * 111,
    ];
    expect([widthKm > 30 && widthKm < 40, heightKm > 20 && heightKm < 40]).toEqual([true, true]);
    expect(contains([outline], 98.2888, 39.7721)).toBe(true);
  });
});

describe('the zone index over the city', () => {
  it('finds for 100,000 points the grid whose compound or village is the centre found', () => {
    const grids = ZoneIndex.ofRings(city.grids.map(({ polygon }) => polygon));
    const communities = centresAt('community');
    const centres = ZoneIndex.ofRings(communities.map(({ polygon }) => polygon));
    const random = randomFrom(3);
    const wrong: unknown[] = [];
    for (let i = 0; i < 100_000; i++) {
      const [lng, lat] = [random.between(98.06, 98.53), random.between(39.64, 39.9)];
      const grid = city.grids[grids.locate(lng, lat)];
      if (grid?.centre !== communities[centres.locate(lng, lat)]?.key) wrong.push([lng, lat]);
      if (i % 50 === 0 && grid !== city.grids.find(({ polygon }) => contains([polygon], lng, lat)))
        wrong.push([lng, lat]);
    }
    expect(wrong).toEqual([]);
  });

  it('finds one grid at every vertex that lies inside the city', () => {
    const index = ZoneIndex.ofRings(city.grids.map(({ polygon }) => polygon));
    const rim = new Set(outline.map(String));
    const lost = city.grids
      .flatMap(({ polygon }) => polygon)
      .filter((at) => !rim.has(String(at)) && index.locate(...at) < 0);
    expect(lost).toEqual([]);
  });
});

describe('key sites', () => {
  it('are about forty, inside the city, each with a circle of minutes', () => {
    expect(city.keySites.length).toBeGreaterThanOrEqual(40);
    expect(new Set(city.keySites.map(({ key }) => key)).size).toBe(city.keySites.length);
    for (const { position, circle } of city.keySites) {
      expect([contains([outline], ...position), [1, 3, 5].includes(circle)]).toEqual([true, true]);
    }
  });

  it('stand in dedicated grids where they are a fort, an airport, a station or a plant', () => {
    const special = city.keySites.filter(({ kind }) =>
      ['airport', 'fort', 'plant', 'railway-station'].includes(kind),
    );
    for (const { position } of special) {
      expect(city.grids.find(({ polygon }) => contains([polygon], ...position))?.kind).toBe('dedicated');
    }
  });
});

describe('roads', () => {
  const { nodes, edges } = city.roads;

  it('are one connected graph of some thousands of nodes', () => {
    const near = neighbours(edges);
    const seen = new Set([0]);
    for (const node of seen) for (const other of near.get(node) ?? []) seen.add(other);
    expect(seen.size).toBe(nodes.length / 2);
    expect(seen.size).toBeGreaterThan(4000);
  });

  it('have four classes with their speeds, lengths that fit their ends, and names', () => {
    const speeds = { trunk: 80, arterial: 60, street: 40, country: 30 };
    const isOdd = (edge: DemoRoadEdge) => {
      const lengthM = Math.hypot(delta(nodes, edge, 0) * 85_676, delta(nodes, edge, 1) * 111_031);
      return (
        edge.speedKmh !== speeds[edge.class] ||
        edge.names.hans === '' ||
        Math.abs(lengthM - edge.lengthM) > 0.2
      );
    };
    expect(edges.filter(isOdd)).toEqual([]);
  });

  it('come within reach of every grid', () => {
    const reach = ZoneIndex.ofRings(city.grids.map(({ polygon }) => polygon));
    const reached = new Set(
      Array.from({ length: nodes.length / 2 }, (_, i) =>
        reach.locate(nodes[2 * i] ?? 0, nodes[2 * i + 1] ?? 0),
      ),
    );
    expect(city.grids.filter((_, i) => !reached.has(i)).map(({ code }) => code)).toEqual([]);
  });
});

describe('the basemap', () => {
  it('is under 4 MB of JSON, with 6 decimals', () => {
    const text = JSON.stringify(basemapOf(city));
    expect(text.length).toBeLessThan(4_000_000);
    expect(text).not.toMatch(/\d\.\d{7}/);
  });

  it('names everything that it draws', () => {
    const drawn: readonly { properties: Named }[] = Object.values(basemapOf(city)).flatMap(({ features }) => [
      ...features,
    ]);
    const isNamed = ({ properties: { names } }: { properties: Named }) =>
      Object.keys(names).join() === 'hans,hant,en';
    expect(drawn.filter((feature) => !isNamed(feature))).toEqual([]);
  });
});

describe('the seed', () => {
  it('gives the same city twice', () => {
    expect(JSON.stringify(buildDemoCity(1))).toBe(JSON.stringify(city));
  });

  it('gives another city of the same make', () => {
    const other = buildDemoCity(20);
    expect([other.centres.length, other.grids.length]).toEqual([293, 492]);
    expect(other.grids[0]?.polygon).not.toEqual(city.grids[0]?.polygon);
    expect(
      other.centres.reduce(
        (sum, { level, polygon }) => sum + (level === 'community' ? latticeArea(polygon) : 0),
        0,
      ),
    ).toBe(latticeArea(other.centres[0]?.polygon ?? []));
  });
});

/** Twice the area in squared millionths of a degree: whole numbers, so sums are exact. */
function latticeArea(ring: Ring): number {
  return 2 * signedArea(ring.map(([lng, lat]) => [Math.round(lng * 1e6), Math.round(lat * 1e6)]));
}

function pointsIn(
  ring: Ring,
  count: number,
  random: { between(from: number, to: number): number },
): [number, number][] {
  const [lngs, lats] = [ring.map(([lng]) => lng), ring.map(([, lat]) => lat)];
  return Array.from({ length: count }, (): [number, number] => [
    random.between(Math.min(...lngs), Math.max(...lngs)),
    random.between(Math.min(...lats), Math.max(...lats)),
  ]).filter(([lng, lat]) => contains([ring], lng, lat));
}

function crossesItself(ring: Ring): boolean {
  return ring.slice(1).some((b, i) =>
    ring.slice(i + 2).some((d, k) => {
      const [a, c] = [ring[i], ring[i + 1 + k]];
      return a !== undefined && c !== undefined && segmentsCross([...a], [...b], [...c], [...d]);
    }),
  );
}

function neighbours(edges: readonly { from: number; to: number }[]): Map<number, number[]> {
  const near = new Map<number, number[]>();
  const add = (a: number, b: number) => near.set(a, [...(near.get(a) ?? []), b]);
  for (const { from, to } of edges) {
    add(from, to);
    add(to, from);
  }
  return near;
}

function delta(nodes: Float64Array, { from, to }: { from: number; to: number }, axis: 0 | 1): number {
  return (nodes[2 * to + axis] ?? 0) - (nodes[2 * from + axis] ?? 0);
}
