import { distanceM, FUTURE_TOLERANCE_MS, type LngLat, PAST_TOLERANCE_MS, toInstant, toMs } from '@app/shared';
import { accept, type Decision, refuse } from '../platform/decision.js';

/** Beyond this from the city a place is taken for swapped when swapping brings it inside. */
const SWAPPED_BEYOND_M = 300_000;

/** When a thing happened as it was told, or now; only an import may tell what is more than a day old. */
export function whenTold(occurredAt: string | undefined, now: number, isImport: boolean): Decision<number> {
  if (occurredAt === undefined) return accept(now);
  const at = toMs(occurredAt);
  if (at > now + FUTURE_TOLERANCE_MS)
    return refuse('time.future', { seen: occurredAt, now: toInstant(now), toleranceMs: FUTURE_TOLERANCE_MS });
  if (at < now - PAST_TOLERANCE_MS && !isImport)
    return refuse('time.past', { seen: occurredAt, now: toInstant(now), toleranceMs: PAST_TOLERANCE_MS });
  return accept(at);
}

/**
 * Refuses a place whose two numbers were swapped: far from the city as given, inside its box the other way round.
 * @param box west, south, east, north of the city; null where the city has no geometry
 */
export function placeTold(
  [lng, lat]: LngLat,
  box: readonly [number, number, number, number] | null,
): Decision<LngLat> {
  if (box === null) return accept([lng, lat]);
  const [west, south, east, north] = box;
  const isInside = (x: number, y: number) => x >= west && x <= east && y >= south && y <= north;
  if (!isInside(lat, lng)) return accept([lng, lat]);
  const nearest: LngLat = [Math.min(Math.max(lng, west), east), Math.min(Math.max(lat, south), north)];
  const awayM = distanceM([lng, lat], nearest);
  if (awayM <= SWAPPED_BEYOND_M) return accept([lng, lat]);
  return refuse('place.swapped', { lng, lat, wanted: 'lng, then lat', awayKm: Math.round(awayM / 1000) });
}
