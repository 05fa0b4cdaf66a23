import { z } from 'zod';
import { Lat, Lng } from './geo.js';
import { Id } from './ids.js';
import { Category } from './category.js';
import { Instant } from './time.js';

/** Kinds of entities in the picture. Clients keep and count kinds that they do not know. */
export const KINDS = [
  'incident',
  'team',
  'alert',
  'drive',
  'duty-shift',
  'instruction',
  'report',
  'patrol-shift',
  'duty-level',
  'sos',
  'force-request',
] as const;
export type Kind = (typeof KINDS)[number];

export const JOURNAL_SCHEMA = 1;

/** One durable fact with the entity's whole public state after it; `card: null` takes it out of the picture. */
export const JournalEntry = z.object({
  seq: z.number().int(),
  at: Instant,
  fact: z.string(),
  kind: z.string(),
  id: z.string(),
  version: z.number().int(),
  card: z.record(z.string(), z.unknown()).nullable(),
  seenBy: z.array(Id),
  site: z.string(),
  schema: z.number().int(),
});
export type JournalEntry = z.infer<typeof JournalEntry>;

/** What a scope that saw an entity and no longer does is told: this and no other byte. */
export const LeftEntry = z.object({
  kind: z.string(),
  id: z.string(),
  version: z.number().int(),
  fact: z.literal('left'),
  card: z.null(),
});
export type LeftEntry = z.infer<typeof LeftEntry>;

export type ScopeEntry = JournalEntry | LeftEntry;

/** An exercise at a chosen place (演练): the simulator starts an outbreak of this category there. */
export const DrillAsk = z.strictObject({ category: Category, lng: Lng, lat: Lat });
export type DrillAsk = z.infer<typeof DrillAsk>;

/** Who drives the demo city: the simulator, or people (人工接管); with the drill that runs, if one does. */
export const DriveCard = z.object({
  id: Id,
  version: z.number().int(),
  driver: z.enum(['simulator', 'person']),
  since: Instant,
  drill: z
    .object({
      id: Id,
      category: Category,
      lng: z.number(),
      lat: z.number(),
      startedAt: Instant,
      until: Instant,
    })
    .nullable(),
});
export type DriveCard = z.infer<typeof DriveCard>;

export const DriveChange = z.strictObject({
  driver: z.enum(['simulator', 'person']),
  version: z.number().int().positive(),
});
export type DriveChange = z.infer<typeof DriveChange>;
