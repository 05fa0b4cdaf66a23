import { coarsen, type PositionRelease } from '@app/shared';
import type { TrackPoint } from './track.query.js';

type Placed = Pick<TrackPoint, 'lng' | 'lat'>;

/** A stored place as fine as its team's force releases it now, whatever it released when it was stored. */
export function placeUnder<Point extends Placed>(grain: PositionRelease, point: Point): Point {
  if (grain === 'precise') return point;
  const [lng, lat] = coarsen([point.lng, point.lat]);
  return { ...point, lng, lat };
}

/** As `placeUnder`, of a point that tells a motion: a coarse one tells none. */
export const pointUnder = (grain: PositionRelease, point: TrackPoint): TrackPoint =>
  grain === 'precise' ? point : { ...placeUnder(grain, point), speedKmh: null, headingDeg: null };
