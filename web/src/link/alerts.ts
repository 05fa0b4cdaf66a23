import { Alert, type AlertAction, type AlertStep } from '@app/shared';
import { ask } from './http.js';

/** @throws HttpFault `alert.stale` with what stands now in its detail, and others */
export const stepAlert = (id: string, action: AlertAction, body: AlertStep): Promise<Alert> =>
  ask(`/api/alerts/${id}/${action}`, Alert, { method: 'POST', body });
