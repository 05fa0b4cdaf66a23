import type { LngLat } from '@app/shared';
import type { Basemap } from '../../../link/basemap.js';
import { snapLine, type SnapLine } from '../../../map/snap.js';
import type { Shape } from './ground-draft.js';

type Places = readonly (readonly number[])[];

const placesOf = (line: Places): LngLat[] => line.map(([lng = NaN, lat = NaN]) => [lng, lat]);

/** The roads of the city's map, which a beat's border may follow. */
export function roadLines({ layers }: Basemap): SnapLine[] {
  return (layers.get('roads')?.features ?? []).flatMap(({ geometry }) => {
    if (geometry.type === 'LineString') return [snapLine(placesOf(geometry.coordinates))];
    if (geometry.type === 'MultiLineString')
      return geometry.coordinates.map((line) => snapLine(placesOf(line)));
    return [];
  });
}

/** The borders of the other beats: what touches them shares their corners. */
export const beatLines = (shapes: readonly Shape[], held: string | undefined): SnapLine[] =>
  shapes.flatMap((shape) =>
    shape.kind === 'beat' && shape.key !== held && !shape.isRemoved
      ? [snapLine(shape.terms.polygon.coordinates[0] ?? [])]
      : [],
  );
