import { AuditEntry, pageOf } from '@app/shared';
import type { z } from 'zod';
import { ask } from './http.js';

const AuditPage = pageOf(AuditEntry);
export type AuditPage = z.infer<typeof AuditPage>;

/** A page of the audit, newest first; `query` as `AuditQuery` is written. @throws HttpFault */
export const fetchAudit = (query: URLSearchParams, signal?: AbortSignal): Promise<AuditPage> =>
  ask(`/api/audit?${query}`, AuditPage, signal ? { signal } : {});
