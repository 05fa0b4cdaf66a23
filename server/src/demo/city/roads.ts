import { contains } from '../../places/polygon.js';
import type { DemoRoadLine, DemoRoads, Names, RoadClass, RoadRank } from './demo-city.js';
import { distanceM, positionOf, type Spot } from './frame.js';
import { addTo } from './grouped.js';
import { meshOf, type Hamlet } from './hamlets.js';
import { cutAtCrossings, joinUp, type Piece } from './network.js';
import type { PlanarMap } from './planar-map.js';
import * as plan from './plan.js';
import type { Random } from '../simulator/random.js';
import { fromKm, pointAt, smooth, wander } from './shapes.js';
import { RAIL, type Streets } from './streets.js';
import { roadNames } from './words.js';

interface CountryRoad {
  readonly class: RoadClass;
  readonly rank: RoadRank;
  readonly names: Names;
  readonly line: readonly Spot[];
}

interface RoadSources {
  readonly map: PlanarMap;
  readonly streets: Streets;
  readonly streetNames: readonly Names[];
  readonly hamlets: readonly Hamlet[];
  /** The ring road and what lies within. */
  readonly core: readonly Spot[];
  readonly outline: readonly Spot[];
  readonly villageStem: (village: string) => Names;
}

/** All roads, as one graph and as lines to draw. */
export function buildRoads(sources: RoadSources, random: Random): DemoRoads {
  const country = countryRoads(sources, random);
  const pieces = country.flatMap(({ class: roadClass, names, line }) =>
    line.slice(1).map((to, i): Piece => ({ from: pointAt(line, i), to, class: roadClass, names })),
  );
  const { nodes, edges } = joinUp([...townPieces(sources), ...cutAtCrossings(pieces)]);
  const lines = [
    ...townLines(sources),
    ...country.map(({ class: roadClass, rank, names, line }): DemoRoadLine => {
      return { class: roadClass, rank, names, line: line.map(positionOf) };
    }),
  ];
  return { nodes, edges, lines };
}

/** Streets never cross the railway, only arterials and the main streets that the plan carries over do. */
export function closeCrossings(map: PlanarMap, streets: Streets): void {
  for (let edge = 0; edge < map.origin.length; edge++) {
    if (map.street[edge] !== RAIL) continue;
    const start = (map.prev[edge] ?? 0) ^ 1;
    for (let spoke = start; spoke !== edge; spoke = (map.prev[spoke] ?? 0) ^ 1) {
      const street = map.street[spoke] ?? -1;
      if (street >= 0 && (streets.list[street]?.rank ?? 1) > 2) {
        map.street[spoke] = -1;
        map.street[spoke ^ 1] = -1;
      }
    }
  }
}

function townPieces({ map, streets, streetNames }: RoadSources): Piece[] {
  const pieces: Piece[] = [];
  for (let edge = 0; edge < map.origin.length; edge += 2) {
    const street = map.street[edge] ?? -1;
    const [record, names] = [streets.list[street], streetNames[street]];
    if (record && names)
      pieces.push({ from: map.spotAt(edge), to: map.spotAt(edge ^ 1), class: record.class, names });
  }
  return pieces;
}

/** Edges of one street, joined end to end. */
function townLines({ map, streets, streetNames }: RoadSources): DemoRoadLine[] {
  const byStreet = new Map<number, number[]>();
  for (let edge = 0; edge < map.origin.length; edge += 2) {
    const street = map.street[edge] ?? -1;
    if (street >= 0) addTo(byStreet, street, edge);
  }
  return [...byStreet].flatMap(([street, edges]) => {
    const [record, names] = [streets.list[street], streetNames[street]];
    if (!record || !names) return [];
    return chains(map, edges).map((line): DemoRoadLine => ({
      class: record.class,
      rank: record.rank,
      names,
      line,
    }));
  });
}

function chains(map: PlanarMap, edges: readonly number[]): DemoRoadLine['line'][] {
  const spokes = new Map<number, number[]>();
  for (const edge of edges.flatMap((half) => [half, half ^ 1])) {
    addTo(spokes, map.origin[edge] ?? 0, edge);
  }
  const left = new Set(edges);
  const ends = [...spokes].filter(([, out]) => out.length !== 2).flatMap(([, out]) => out);
  const lines: DemoRoadLine['line'][] = [];
  for (const start of [...ends, ...edges]) {
    if (!left.has(start & ~1)) continue;
    const line = [map.positionAt(start)];
    for (let edge: number | undefined = start; edge !== undefined;) {
      left.delete(edge & ~1);
      const far: number = edge ^ 1;
      line.push(map.positionAt(far));
      const out: number[] = spokes.get(map.origin[far] ?? 0) ?? [];
      edge = out.length === 2 ? out.find((half) => left.has(half & ~1)) : undefined;
    }
    lines.push(line);
  }
  return lines;
}

function countryRoads(sources: RoadSources, random: Random): CountryRoad[] {
  const { hamlets, core, outline, villageStem } = sources;
  const main = plan.COUNTRY_ROADS.map(({ name, generic, class: roadClass, line }): CountryRoad => {
    const [first, ...rest] = fromKm(line);
    const start = roadClass === 'arterial' && first ? nearest(core, first) : first;
    const course = smooth(start ? [start, ...rest] : rest, 220).filter(
      (spot, i) => i === 0 || contains([outline], ...spot),
    );
    return {
      class: roadClass,
      rank: roadClass === 'trunk' ? 1 : 2,
      names: roadNames(name, generic),
      line: course,
    };
  });
  const stops = [
    ...hamlets.map(({ spot }) => spot),
    ...main.flatMap(({ line }) => line.filter((_, i) => i % 9 === 4)),
  ];
  const gates = core.filter((_, i) => i % 9 === 0);
  const lanes = webOf([...stops, ...gates]).flatMap(([a, b]): CountryRoad[] => {
    const line = wander([a, b], 260, 0.07, random);
    const isOutside = line
      .slice(1, -1)
      .every(([x, y]) => !contains([core], x, y) && contains([outline], x, y));
    if (!isOutside || (gates.includes(a) && gates.includes(b))) return [];
    return [{ class: 'country', rank: 4, names: laneNames(hamlets, villageStem, a, b), line }];
  });
  const meshes = hamlets.flatMap((hamlet) =>
    meshOf(hamlet).map((line): CountryRoad => {
      return {
        class: 'country',
        rank: 5,
        names: laneNames([hamlet], villageStem, hamlet.spot, hamlet.spot),
        line,
      };
    }),
  );
  return [...main, ...lanes, ...meshes];
}

function laneNames(hamlets: readonly Hamlet[], stemOf: (village: string) => Names, a: Spot, b: Spot): Names {
  const middle: Spot = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  const near = hamlets.toSorted((one, two) => distanceM(one.spot, middle) - distanceM(two.spot, middle))[0];
  const { hans, hant, en } = stemOf(near?.village ?? '');
  return { hans: `${hans}村道`, hant: `${hant}村道`, en: `${en} Village Road` };
}

/** Relative neighbourhood graph: two places are joined unless a third is nearer to both. It hangs together and never crosses itself. */
function webOf(spots: readonly Spot[]): [Spot, Spot][] {
  const web: [Spot, Spot][] = [];
  for (const [i, a] of spots.entries()) {
    for (const b of spots.slice(i + 1)) {
      const reach = distanceM(a, b);
      if (reach > 7000) continue;
      const between = spots.some(
        (c) => c !== a && c !== b && Math.max(distanceM(a, c), distanceM(b, c)) < reach,
      );
      if (!between) web.push([a, b]);
    }
  }
  return web;
}

function nearest(spots: readonly Spot[], [x, y]: Spot): Spot | undefined {
  return spots.toSorted((a, b) => distanceM(a, [x, y]) - distanceM(b, [x, y]))[0];
}
