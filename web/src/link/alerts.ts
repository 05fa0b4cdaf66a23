import { Alert, type AlertAction, type AlertStep, type QuestionReply } from '@app/shared';
import { ask } from './http.js';

/** @throws HttpFault `alert.stale` with what stands now in its detail, and others */
export const stepAlert = (id: string, action: AlertAction, body: AlertStep): Promise<Alert> =>
  ask(`/api/alerts/${id}/${action}`, Alert, { method: 'POST', body });

/** What a liaison desk says to a question. @throws HttpFault `alert.stale` and others */
export const answerQuestion = (id: string, body: QuestionReply): Promise<Alert> =>
  ask(`/api/alerts/${id}/answer`, Alert, { method: 'POST', body });

/** With what was said at each step. @throws HttpFault */
export const fetchAlert = (id: string, signal: AbortSignal): Promise<Alert> =>
  ask(`/api/alerts/${id}`, Alert, { signal });
