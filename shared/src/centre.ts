import { z } from 'zod';
import { Id } from './ids.js';
import { Names } from './names.js';

/** The default level keys; a city names its levels and their depth (2 to 6). */
export const LEVELS = ['city', 'county', 'town', 'community'] as const;
export const Level = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/);
export type Level = z.infer<typeof Level>;

export const Ring = z.array(z.tuple([z.number(), z.number()])).min(4);
/** GeoJSON Polygon or MultiPolygon in WGS 84. */
export const Area = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('Polygon'), coordinates: z.array(Ring).min(1) }),
  z.strictObject({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(Ring).min(1)).min(1) }),
]);
export type Area = z.infer<typeof Area>;

/** What the numbers of a centre's reports begin with, as 嘉综 in 嘉综〔2026〕000123. */
export const Abbreviation = z.string().regex(/^[\p{L}\p{N}]{1,12}$/u, 'expected 1 to 12 letters or digits');

/** A centre as `GET /api/centres` lists it; parents come before their children. */
export const Centre = z.object({
  id: Id,
  parent: Id.nullable(),
  level: Level,
  kind: z.string(),
  code: z.string().nullable(),
  name: z.string(),
  names: Names,
  aliases: z.array(z.string()),
  /** Null where the configuration's stands, as for a city that has set none. */
  abbreviation: z.string().nullable().optional(),
  anchor: z.tuple([z.number(), z.number()]).nullable(),
  bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]).nullable(),
  closedAt: z.string().nullable(),
  successor: Id.nullable(),
  version: z.number().int(),
});
export type Centre = z.infer<typeof Centre>;

/** A centre as everybody in the city may know it: whom something could be handed to. Open ones, parents first. */
export const CentreName = Centre.pick({ id: true, parent: true, level: true, names: true }).extend({
  code: z.string().nullable().optional(),
});
export type CentreName = z.infer<typeof CentreName>;

export const CentreDraft = z.strictObject({
  parent: Id.nullable().optional(),
  level: Level,
  kind: z.string().max(32).optional(),
  code: z.string().max(20).nullable().optional(),
  names: Names,
  aliases: z.array(z.string().max(60)).max(20).optional(),
  abbreviation: Abbreviation.optional(),
  area: Area.nullable().optional(),
});
export type CentreDraft = z.infer<typeof CentreDraft>;

export const CentreChange = z.strictObject({
  version: z.number().int().positive(),
  parent: Id.optional(),
  names: Names.optional(),
  aliases: z.array(z.string().max(60)).max(20).optional(),
  abbreviation: Abbreviation.optional(),
  area: Area.nullable().optional(),
  close: z.strictObject({ successor: Id }).optional(),
});
export type CentreChange = z.infer<typeof CentreChange>;

export const GRID_KINDS = ['basic', 'dedicated'] as const;
/** The response standard of a key site, in minutes. */
export const CIRCLES = [1, 3, 5] as const;
