import { z } from 'zod';
import { Id } from './ids.js';
import { Names } from './names.js';

/** What a place may be known as: in the order in which a list shows them. */
export const PLACE_KINDS = ['site', 'village', 'centre', 'road', 'report', 'crossing', 'grid'] as const;
export const PlaceKind = z.enum(PLACE_KINDS);
export type PlaceKind = z.infer<typeof PlaceKind>;

/** A place that the city knows by name; `report`: one that earlier reports were told with. */
export const KnownPlace = z.object({
  kind: PlaceKind,
  /** Of a grid: those of its centre. */
  names: Names,
  lng: z.number(),
  lat: z.number(),
  /** Where it lies. */
  centre: Id.nullable(),
  grid: z.string().nullable(),
});
export type KnownPlace = z.infer<typeof KnownPlace>;

/** Query of `GET /api/places`: words with spaces between, in any script; the most fitting come first. */
export const PlaceQuery = z.strictObject({
  q: z.string().min(1).max(120),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});
export type PlaceQuery = z.infer<typeof PlaceQuery>;

export const PlaceList = z.object({ items: z.array(KnownPlace) });
export type PlaceList = z.infer<typeof PlaceList>;
