import type { Feature, FeatureCollection, Geometry, LineString, Point, Polygon } from 'geojson';
import { contains, distanceToRing, innerPoint } from '../../places/polygon.js';
import type {
  DemoBasemap,
  DemoCentre,
  DemoCity,
  DemoKeySite,
  DemoRoads,
  LabelProperties,
  Named,
  Names,
  RailwayProperties,
  RoadProperties,
  WaterProperties,
} from './demo-city.js';
import { positionOf, type Spot } from './frame.js';
import type { Hamlet } from './hamlets.js';
import type { Block } from './blocks.js';
import { closed } from './landuse.js';
import * as plan from './plan.js';
import type { Random } from '../simulator/random.js';
import { band, blob, fromKm, pointAt, smooth } from './shapes.js';
import { namesOf } from './words.js';

const RIVER = namesOf('讨赖河', 'Taolai River');

/** The layers that the offline basemap is drawn from, ready for JSON. */
export function basemapOf(city: DemoCity): DemoBasemap {
  return city.layers;
}

export function collection<G extends Geometry, P extends Named>(
  features: Feature<G, P>[],
): FeatureCollection<G, P> {
  return { type: 'FeatureCollection', features };
}

export function waterFeatures(
  outline: readonly Spot[],
  river: readonly Spot[],
  blocks: readonly Block[],
  random: Random,
): Feature<Polygon, WaterProperties>[] {
  const course = within(outline, river);
  const phase = random.between(0, 6);
  const width = (i: number) => 62 + 24 * Math.sin(i / 5 + phase) + 14 * Math.sin(i / 1.7 + 2 * phase);
  const lakes = plan.PARKS.flatMap(({ lake, spot: [x, y], en }): Feature<Polygon, WaterProperties>[] => {
    const park = blocks.find(({ ring }) => contains([ring], x * 1000, y * 1000));
    if (lake === null || !park) return [];
    const middle = innerPoint(park.ring);
    const radius = distanceToRing(park.ring, ...middle) * 0.72;
    const names = namesOf(lake, en.replace(' Park', ''));
    return [water(blob(middle, radius, 1.12, random.between(0, 3), random), 'lake', names)];
  });
  return [water(band(course, width), 'river', RIVER), ...lakes];
}

function water(
  ring: readonly Spot[],
  kind: WaterProperties['kind'],
  names: Names,
): Feature<Polygon, WaterProperties> {
  return {
    type: 'Feature',
    geometry: { type: 'Polygon', coordinates: [closed(ring)] },
    properties: { kind, names },
  };
}

export function railwayFeatures(outline: readonly Spot[]): Feature<LineString, RailwayProperties>[] {
  const lines: [RailwayProperties['kind'], readonly Spot[], Names, number][] = [
    ['main', plan.RAILWAY, namesOf('兰新铁路', 'Lanxin Railway'), 200],
    ['high-speed', plan.HIGH_SPEED_RAILWAY, namesOf('兰新高铁', 'Lanxin High-speed Railway'), 400],
    ['siding', plan.WORKS_SIDING, namesOf('钢厂专用线', 'Works Siding'), 120],
  ];
  return lines.map(([kind, line, names, stepM]) => ({
    type: 'Feature',
    geometry: {
      type: 'LineString',
      coordinates: within(outline, smooth(fromKm(line), stepM)).map((spot) => [...positionOf(spot)]),
    },
    properties: { kind, names },
  }));
}

export function roadFeatures({ lines }: Pick<DemoRoads, 'lines'>): Feature<LineString, RoadProperties>[] {
  return lines.map(({ class: roadClass, rank, names, line }) => ({
    type: 'Feature',
    geometry: { type: 'LineString', coordinates: line.map((position) => [...position]) },
    properties: { class: roadClass, rank, names },
  }));
}

const RANKS = {
  city: 1,
  county: 2,
  town: 3,
  community: 4,
  village: 4,
  suburb: 2,
  subdistrict: 2,
  compound: 5,
} as const;

export function labelFeatures(
  centres: readonly DemoCentre[],
  sites: readonly DemoKeySite[],
  hamlets: readonly Hamlet[],
  river: readonly Spot[],
): Feature<Point, LabelProperties>[] {
  const places = centres
    .filter(({ kind }) => kind !== 'compound' && kind !== 'suburb')
    .map((centre) => {
      const { kind, names, key } = centre;
      const home = hamlets.find(({ size, village }) => {
        return (
          (kind === 'town' && size === 'seat' && village.startsWith(`${key}/`)) ||
          (kind === 'village' && size === 'village' && village === key)
        );
      });
      const position = home ? positionOf(home.spot) : centre.anchor;
      const label =
        kind === 'subdistrict' ? 'county' : kind === 'suburb' || kind === 'compound' ? 'area' : kind;
      return point(position, { kind: label, rank: RANKS[kind], names });
    });
  const waters = [
    point(positionOf(pointAt(river, Math.floor(river.length * 0.42))), {
      kind: 'water',
      rank: 3,
      names: RIVER,
    }),
  ];
  return [
    ...places,
    ...waters,
    ...sites.map(({ position, names, circle }) =>
      point(position, { kind: 'site', rank: circle === 1 ? 4 : 5, names }),
    ),
  ];
}

function point(
  position: readonly [number, number],
  properties: LabelProperties,
): Feature<Point, LabelProperties> {
  return { type: 'Feature', geometry: { type: 'Point', coordinates: [...position] }, properties };
}

/** The longest run of a line inside the city. */
function within(outline: readonly Spot[], line: readonly Spot[]): Spot[] {
  let [best, run]: [Spot[], Spot[]] = [[], []];
  for (const spot of line) {
    run = contains([outline], ...spot) ? [...run, spot] : [];
    if (run.length > best.length) best = run;
  }
  return best;
}
