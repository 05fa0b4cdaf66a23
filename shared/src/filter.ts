import { z } from 'zod';
import { Id } from './ids.js';
import { IncidentQuery } from './incident.js';

/** What a list of incidents is narrowed by, as it is written in an address; `open: 'any'` wants ended ones too. */
export const FilterQuery = z
  .record(z.string().max(20), z.string().min(1).max(400))
  .refine(({ open, ...query }) => {
    const asked = open === undefined || open === 'any' ? query : { ...query, open };
    return !('cursor' in asked || 'limit' in asked) && IncidentQuery.safeParse(asked).success;
  }, 'expected the names and values of the query of GET /api/incidents');
export type FilterQuery = z.infer<typeof FilterQuery>;

/** Body of `POST /api/filters`. `shared`: for everybody at the own centre, not for oneself alone. */
export const FilterDraft = z.strictObject({
  name: z.string().trim().min(1).max(40),
  shared: z.boolean(),
  query: FilterQuery,
});
export type FilterDraft = z.infer<typeof FilterDraft>;

/** A filter kept under a name. `mine`: whether the caller made it. */
export const SavedFilter = z.object({
  id: Id,
  name: z.string(),
  shared: z.boolean(),
  query: z.record(z.string(), z.string()),
  mine: z.boolean(),
  mayDelete: z.boolean(),
});
export type SavedFilter = z.infer<typeof SavedFilter>;

/** How many filters one account may keep. */
export const FILTERS_MOST = 50;

export const EXPORT_FORMATS = ['csv', 'xlsx'] as const;
