import {
  ForceRelease,
  ForceReleases,
  ForceRequest,
  type ForceRequestAction,
  type ForceRequestDraft,
  type ForceRequestStep,
  pageOf,
  type ReleaseChange,
} from '@app/shared';
import { ask } from './http.js';

const Requests = pageOf(ForceRequest);

/** Requests that the session sees; of one incident where it is named. @throws HttpFault */
export const fetchRequests = async (
  incident: string | undefined,
  signal: AbortSignal,
): Promise<ForceRequest[]> => {
  const query = new URLSearchParams({ limit: '50', ...(incident ? { incident } : {}) });
  return (await ask(`/api/force-requests?${query}`, Requests, { signal })).items;
};

export const askForce = (body: ForceRequestDraft): Promise<ForceRequest> =>
  ask('/api/force-requests', ForceRequest, { method: 'POST', body });

/** @throws HttpFault `force-request.stale` and others */
export const stepRequest = (
  id: string,
  action: ForceRequestAction,
  body: ForceRequestStep,
): Promise<ForceRequest> =>
  ask(`/api/force-requests/${id}/${action}`, ForceRequest, { method: 'POST', body });

export const fetchReleases = async (signal: AbortSignal): Promise<ForceRelease[]> =>
  (await ask('/api/force-releases', ForceReleases, { signal })).items;

/** @throws HttpFault `release.stale` and others */
export const changeRelease = (force: string, body: ReleaseChange): Promise<ForceRelease> =>
  ask(`/api/force-releases/${force}`, ForceRelease, { method: 'PATCH', body });
