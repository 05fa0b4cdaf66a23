import { z } from 'zod';
import type { Role } from './account.js';
import { Id } from './ids.js';
import { Instant } from './time.js';

/** What evidence may be, by its content, never by its name; with the ending that its name gets. */
export const EVIDENCE_TYPES = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
} as const satisfies Record<string, string>;
export type EvidenceType = keyof typeof EVIDENCE_TYPES;

/** Who may see and add evidence; a wall never does. */
export const EVIDENCE_ROLES: readonly Role[] = ['duty', 'commander', 'staff'];

/** How many pieces one incident may have. */
export const EVIDENCE_MOST = 60;

/** A photograph or file of an incident; its content is `GET /api/evidence/:id`. `sha256` is of what is kept. */
export const Evidence = z.object({
  id: Id,
  name: z.string(),
  type: z.enum(Object.keys(EVIDENCE_TYPES) as [EvidenceType, ...EvidenceType[]]),
  bytes: z.number().int(),
  sha256: z.string(),
  by: z.string(),
  at: Instant,
});
export type Evidence = z.infer<typeof Evidence>;

export const EvidenceList = z.object({ items: z.array(Evidence) });
export type EvidenceList = z.infer<typeof EvidenceList>;
