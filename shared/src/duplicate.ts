import { z } from 'zod';
import { Category } from './category.js';
import { Lat, Lng } from './geo.js';
import { Id } from './ids.js';
import { IncidentStatus } from './incident-flow.js';
import { Severity } from './severity.js';
import { Instant } from './time.js';

/** Query of `GET /api/incidents/duplicates`: what is about to be reported, or (`but`) an incident that is there. */
export const DuplicateQuery = z.strictObject({
  category: Category,
  lng: z.coerce.number().pipe(Lng),
  lat: z.coerce.number().pipe(Lat),
  at: Instant.optional(),
  but: Id.optional(),
});
export type DuplicateQuery = z.infer<typeof DuplicateQuery>;

/**
 * An open incident that may be the same. `score` from 0 to 1 falls with distance and with time; `withinM` and
 * `withinHours` are what the city counts as near.
 */
export const Duplicate = z.object({
  id: Id,
  number: z.string(),
  category: Category,
  severity: Severity,
  status: IncidentStatus,
  centre: Id,
  place: z.string().nullable(),
  since: Instant,
  score: z.number(),
  why: z.object({
    distanceM: z.number(),
    withinM: z.number(),
    minutesApart: z.number(),
    withinHours: z.number(),
    sameGrid: z.boolean(),
  }),
});
export type Duplicate = z.infer<typeof Duplicate>;
