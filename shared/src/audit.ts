import { z } from 'zod';
import { Instant } from './time.js';

/** A line of the audit, as an administrator reads it. `account`: its login; null before anybody was known. */
export const AuditEntry = z.object({
  seq: z.number().int(),
  at: Instant,
  account: z.string().nullable(),
  action: z.string(),
  subject: z.string(),
  outcome: z.enum(['done', 'refused']),
  detail: z.record(z.string(), z.unknown()),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/**
 * Query of `GET /api/audit`, newest first. `action` and `subject` whole or as a beginning that ends with a point or a
 * colon, such as `incident.` or `incident:`; `account` by its login.
 */
export const AuditQuery = z.strictObject({
  action: z.string().max(60).optional(),
  subject: z.string().max(80).optional(),
  account: z.string().max(48).optional(),
  since: Instant.optional(),
  until: Instant.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z
    .string()
    .regex(/^\d{1,15}$/, 'expected the `next` of the page before')
    .optional(),
});
export type AuditQuery = z.infer<typeof AuditQuery>;
