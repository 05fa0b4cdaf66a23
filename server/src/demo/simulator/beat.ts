import { bearingDeg, distanceM, type LngLat } from '@app/shared';
import type { Random } from './random.js';
import type { RoadGraph } from './road-graph.js';

const STOPS = 5;

/**
 * The stops of a patrol loop around home, in the order of their bearing, so that the loop does not cross itself more
 * than the roads make it. Widens the radius until there are enough crossings to choose from.
 */
export function beatAround(graph: RoadGraph, home: LngLat, radiusM: number, random: Random): LngLat[] {
  let near: LngLat[] = [];
  for (let reachM = radiusM; near.length < STOPS && reachM < 64 * radiusM; reachM *= 2) {
    const limitM = reachM;
    near = graph.places.filter((place) => isNear(place, home, limitM));
  }
  if (near.length === 0) return [home];
  const stops = new Set(Array.from({ length: STOPS }, () => random.pick(near)));
  return [...stops].sort((a, b) => bearingDeg(home, a) - bearingDeg(home, b));
}

/** A box first: the great circle is dear where there are thousands of teams. */
function isNear(place: LngLat, home: LngLat, radiusM: number): boolean {
  const reach = radiusM / 60_000;
  if (Math.abs(place[0] - home[0]) > reach || Math.abs(place[1] - home[1]) > reach) return false;
  return distanceM(place, home) <= radiusM;
}
