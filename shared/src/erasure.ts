import { z } from 'zod';
import { Id } from './ids.js';

/** Why a text is erased before its time. A closed list: words of a person would only move the text into the audit. */
export const ERASURE_REASONS = ['person-named', 'wrong-record', 'asked-for', 'not-needed'] as const;
export const ErasureReason = z.enum(ERASURE_REASONS);
export type ErasureReason = z.infer<typeof ErasureReason>;

/** Which text of an incident: everything that somebody wrote, one of two, or the words of one line of its timeline. */
export const IncidentPart = z.union([z.enum(['all', 'description', 'place']), Id]);
export type IncidentPart = z.infer<typeof IncidentPart>;

/** What the patrol side keeps words of: requests to forces, shifts, trades of them, duty levels. */
export const PATROL_TEXTS = ['force-request', 'patrol-shift', 'shift-trade', 'duty-level'] as const;
export type PatrolText = (typeof PATROL_TEXTS)[number];

/** Body of `POST /api/erasures`. That there was a text, who wrote it and who erased it stays. */
export const Erasure = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('incident'),
    id: Id,
    part: IncidentPart.default('all'),
    reason: ErasureReason,
  }),
  z.strictObject({ kind: z.literal('duty-log'), id: Id, reason: ErasureReason }),
  z.strictObject({ kind: z.literal('instruction'), id: Id, reason: ErasureReason }),
  /** What was said for and against the judgement of a visit. */
  z.strictObject({ kind: z.literal('visit'), id: Id, reason: ErasureReason }),
  z.strictObject({ kind: z.enum(PATROL_TEXTS), id: Id, reason: ErasureReason }),
]);
export type Erasure = z.infer<typeof Erasure>;

export const Erased = z.object({ kind: z.string(), id: Id, texts: z.number().int() });
export type Erased = z.infer<typeof Erased>;
