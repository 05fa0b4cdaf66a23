import { distanceM, type Duplicate, type FlowLimits, type LngLat, toInstant } from '@app/shared';
import type { IncidentRow } from './incident.table.js';

/** What an incident may be the same as. */
export interface Told {
  readonly place: LngLat;
  readonly at: number;
  readonly grid: string | null;
}

type Near = Pick<FlowLimits, 'duplicateRadiusM' | 'duplicateHours'>;

const HOUR_MS = 3_600_000;
/** How much nearness in place, nearness in time and the same grid say. */
const WEIGHT = { place: 0.6, time: 0.3, grid: 0.1 } as const;

/** An incident of the same category as a candidate, or undefined where it is too far in place or time. */
export function duplicateOf(row: IncidentRow, { place, at, grid }: Told, near: Near): Duplicate | undefined {
  const { duplicateRadiusM: withinM, duplicateHours: withinHours } = near;
  const metres = distanceM([row.lng, row.lat], place);
  const apartMs = Math.abs(row.occurredAt - at);
  if (metres > withinM || apartMs > withinHours * HOUR_MS) return undefined;
  const sameGrid = grid !== null && row.grid === grid;
  const score =
    WEIGHT.place * (1 - metres / withinM) +
    WEIGHT.time * (1 - apartMs / (withinHours * HOUR_MS)) +
    (sameGrid ? WEIGHT.grid : 0);
  return {
    id: row.id,
    number: row.number,
    category: row.category,
    severity: row.severity,
    status: row.status,
    centre: row.centre,
    place: row.place,
    since: toInstant(row.occurredAt),
    score: Math.round(score * 100) / 100,
    why: {
      distanceM: Math.round(metres),
      withinM,
      minutesApart: Math.round(apartMs / 60_000),
      withinHours,
      sameGrid,
    },
  };
}

/** Half the size of a box in degrees that holds a circle around a place. */
export function boxAround(
  [lng, lat]: LngLat,
  radiusM: number,
): { lng: [number, number]; lat: [number, number] } {
  const north = radiusM / 111_000;
  const east = north / Math.max(0.01, Math.cos((lat * Math.PI) / 180));
  return { lng: [lng - east, lng + east], lat: [lat - north, lat + north] };
}
