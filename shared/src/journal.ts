import { z } from 'zod';
import { Id } from './ids.js';
import { Instant } from './time.js';

/** Kinds of entities in the picture. Clients keep and count kinds that they do not know. */
export const KINDS = ['incident', 'team', 'alert', 'drive'] as const;
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

/** Who drives the demo city: the simulator, or people (人工接管). */
export const DriveCard = z.object({
  id: Id,
  version: z.number().int(),
  driver: z.enum(['simulator', 'person']),
  since: Instant,
});
export type DriveCard = z.infer<typeof DriveCard>;
