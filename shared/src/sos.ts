import { z } from 'zod';
import { Lat, Lng } from './geo.js';
import { Id } from './ids.js';
import { Instant } from './time.js';

/** `calling`: nobody has answered yet. Only a person answers, and only a person ends it. */
export const SOS_STATES = ['calling', 'answered', 'ended'] as const;
export const SosState = z.enum(SOS_STATES);
export type SosState = z.infer<typeof SosState>;

/** What became of it. No words of one's own: what happened is an incident's to tell. */
export const SOS_OUTCOMES = ['helped', 'resolved', 'pressed-by-mistake', 'exercise'] as const;
export const SosOutcome = z.enum(SOS_OUTCOMES);
export type SosOutcome = z.infer<typeof SosOutcome>;

/** 一键求助: a team calls for help. Every screen that sees the team shows it until a person has ended it. */
export const SosCard = z.object({
  id: Id,
  team: Id,
  callSign: z.string(),
  centre: Id,
  state: z.enum(['calling', 'answered']),
  version: z.number().int(),
  /** When the button was first pressed, and how often it has been since. */
  at: Instant,
  presses: z.number().int(),
  /** Where the team was then, as far as anybody knew, with the age that this has. */
  place: z.object({ lng: Lng, lat: Lat, observedAt: Instant }).nullable(),
});
export type SosCard = z.infer<typeof SosCard>;

/** A call for help as HTTP answers it; who answered and ended it are roles at a centre. */
export const Sos = SosCard.extend({
  state: SosState,
  recordedAt: Instant,
  answeredAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  outcome: SosOutcome.nullable(),
  mayStep: z.boolean(),
});
export type Sos = z.infer<typeof Sos>;

/**
 * Somebody calls for a team that called over the radio, or the team by its handheld; without a place, where the team was
 * last. `at`: when it was pressed, where it could not be told at once; of the last day.
 */
export const SosDraft = z
  .strictObject({ team: Id, lng: Lng.optional(), lat: Lat.optional(), at: Instant.optional() })
  .refine(({ lng, lat }) => (lng === undefined) === (lat === undefined), 'both coordinates, or neither');
export type SosDraft = z.infer<typeof SosDraft>;

/** With the version that the person has seen: a press that came after it is looked at first. */
export const SosEnd = z.strictObject({ version: z.number().int().positive(), outcome: SosOutcome });
export type SosEnd = z.infer<typeof SosEnd>;
