import { bboxOf, type BBox, type Centre, type LngLat } from '@app/shared';
import type { Geometry } from 'geojson';
import type { Basemap } from '../../link/basemap.js';

const BUILT_UP: ReadonlySet<unknown> = new Set(['residential', 'commercial', 'public']);
const SOMEWHERE: BBox = [98.23, 39.735, 98.345, 39.81];

/**
 * What a map shows at rest: the built-up part of the centre's ground, not all of its land. A centre without any
 * (a town of fields, a city whose basemap is not there yet) shows its own box.
 */
export function homeBox(basemap: Basemap | undefined, centre: Centre | undefined): BBox {
  const own = centre?.bbox ?? undefined;
  const places = (basemap?.layers.get('landuse')?.features ?? [])
    .filter(({ properties }) => BUILT_UP.has(properties?.['kind']))
    .flatMap(({ geometry }) => positionsOf(geometry))
    .filter((place) => !own || isWithin(place, own));
  return bboxOf(places) ?? own ?? SOMEWHERE;
}

function positionsOf(geometry: Geometry): LngLat[] {
  if (geometry.type === 'Polygon') return geometry.coordinates.flat() as unknown as LngLat[];
  return geometry.type === 'MultiPolygon' ? (geometry.coordinates.flat(2) as unknown as LngLat[]) : [];
}

const isWithin = ([lng, lat]: LngLat, [west, south, east, north]: BBox): boolean =>
  lng >= west && lng <= east && lat >= south && lat <= north;
