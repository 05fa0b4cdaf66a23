import type { Feature, MultiPolygon, Polygon } from 'geojson';
import { centroid, contains } from '../../places/polygon.js';
import type { Block } from './blocks.js';
import type { LanduseKind, LanduseProperties, Names } from './demo-city.js';
import { distanceM, positionOf, type Spot } from './frame.js';
import { groundOf, type Hamlet } from './hamlets.js';
import type { PlanarMap } from './planar-map.js';
import * as plan from './plan.js';
import type { Random } from '../simulator/random.js';
import { pointAt, rectangle } from './shapes.js';
import { namesOf, UNNAMED } from './words.js';

type Landuse = Feature<Polygon | MultiPolygon, LanduseProperties>;

/** The ground, bottom first: gobi, fields, villages, airport, the blocks of the town. */
export function landuseFeatures(
  outline: readonly Spot[],
  blocks: readonly Block[],
  hamlets: readonly Hamlet[],
  map: PlanarMap,
  random: Random,
): Landuse[] {
  const {
    spot: [x, y],
    angle,
    lengthM,
    widthM,
  } = plan.RUNWAY;
  const airport = rectangle([x * 1000, y * 1000], angle, lengthM, widthM);
  const fields = hamlets.map((hamlet) =>
    fieldsOf(hamlet, map.loopSpots(hamlet.face), random).filter(
      (field) => !field.some((spot) => contains([airport], ...spot)),
    ),
  );
  return [
    area([outline], 'gobi', UNNAMED),
    ...fields.filter(({ length }) => length > 0).map((rings) => area(rings, 'farmland', UNNAMED)),
    ...hamlets
      .filter(({ size }) => size !== 'post')
      .map((hamlet) => area([groundOf(hamlet)], 'village', UNNAMED)),
    area([airport], 'airport', namesOf('机场', 'Airport')),
    ...blocks.filter(({ kind }) => kind !== 'gobi').map(({ ring, kind, names }) => area([ring], kind, names)),
  ];
}

function area(rings: readonly (readonly Spot[])[], kind: LanduseKind, names: Names): Landuse {
  const [first = [], ...more] = rings.map(closed);
  const geometry: Landuse['geometry'] =
    more.length === 0
      ? { type: 'Polygon', coordinates: [first] }
      : { type: 'MultiPolygon', coordinates: [first, ...more].map((ring) => [ring]) };
  return { type: 'Feature', geometry, properties: { kind, names } };
}

/** A ring as GeoJSON has it. */
export function closed(ring: readonly Spot[]): number[][] {
  const positions = ring.map((spot) => [...positionOf(spot)]);
  const [first = []] = positions;
  return [...positions, first];
}

/** Fields around a hamlet: the quads of an uneven lattice that lie on its grid and within its reach. */
function fieldsOf({ spot, angle, fertility, size }: Hamlet, ring: readonly Spot[], random: Random): Spot[][] {
  if (size === 'post') return [];
  const reach = 700 + 1900 * fertility;
  const [stepU, stepV] = [random.between(260, 380), random.between(170, 230)];
  const [countU, countV] = [Math.ceil(reach / stepU), Math.ceil(reach / stepV)];
  const row = 2 * countU + 2;
  const [ux, uy] = [Math.cos(angle), Math.sin(angle)];
  const corners = Array.from({ length: row * (2 * countV + 2) }, (_, i): Spot => {
    const u = ((i % row) - countU + random.between(-0.13, 0.13)) * stepU;
    const v = (Math.floor(i / row) - countV + random.between(-0.13, 0.13)) * stepV;
    return [spot[0] + u * ux - v * uy, spot[1] + u * uy + v * ux];
  });
  const fields: Spot[][] = [];
  for (let i = 0; i + row + 1 < corners.length; i++) {
    if (i % row === row - 1) continue;
    const quad = [i, i + 1, i + row + 1, i + row].map((corner) => pointAt(corners, corner));
    const [x, y] = centroid(quad);
    const edge = 0.82 + 0.2 * Math.sin(x / 410) * Math.cos(y / 530) + random.between(-0.06, 0.06);
    if (distanceM([x, y], spot) > reach * edge || random.next() < 0.05) continue;
    if (quad.every((corner) => contains([ring], ...corner)))
      fields.push(quad.map((corner) => towards(corner, [x, y], 0.05)));
  }
  return fields;
}

function towards([ax, ay]: Spot, [bx, by]: Spot, part: number): Spot {
  return [ax + (bx - ax) * part, ay + (by - ay) * part];
}
