import { z } from 'zod';
import { Language, Names } from './names.js';
import { Instant } from './time.js';

/** What a screen must know before it can show anything, as `GET /api/settings` says without a session. */
export const Settings = z.object({
  engine: z.enum(['maplibre', 'mapbox']),
  /** The embedded demo: sign-in without a password is open and everything is marked as demo. */
  demo: z.boolean(),
  timeZone: z.string(),
  /** The city's levels from the top, with their names. */
  levels: z.array(z.object({ level: z.string(), names: Names })),
  languages: z.array(Language),
  mapboxToken: z.string().optional(),
  /** Of the product. */
  version: z.string(),
  serverNow: Instant,
});
export type Settings = z.infer<typeof Settings>;
