import { Evidence, EvidenceList } from '@app/shared';
import { ATTENDED_HEADER, isAttended } from './attended.js';
import { ACCOUNT_HEADER, ask, HttpFault, refusalOf } from './http.js';

export const evidencePath = (id: string): string => `/api/evidence/${id}`;

/** Photographs and files of an incident. @throws HttpFault */
export const fetchEvidence = async (incident: string, signal: AbortSignal): Promise<readonly Evidence[]> =>
  (await ask(`/api/incidents/${incident}/evidence`, EvidenceList, { signal })).items;

export interface Upload {
  readonly incident: string;
  readonly file: File;
  /** One per intention: a second try with the same key never keeps it twice. */
  readonly key: string;
  /** The account that it is meant for. */
  readonly account?: string;
  /** Told as it goes, 0 to 1. */
  readonly onProgress: (part: number) => void;
}

/** Sends one file; `fetch` cannot tell how far it is. @throws HttpFault */
export function sendEvidence({ incident, file, key, account, onProgress }: Upload): Promise<Evidence> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/incidents/${incident}/evidence`);
    request.setRequestHeader('idempotency-key', key);
    if (account !== undefined) request.setRequestHeader(ACCOUNT_HEADER, account);
    if (isAttended()) request.setRequestHeader(ATTENDED_HEADER, '1');
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      onProgress(total > 0 ? loaded / total : 0),
    );
    request.addEventListener('error', () => reject(new HttpFault('offline', 0)));
    request.addEventListener('load', () => {
      const answer = jsonOf(request.responseText);
      const evidence = Evidence.safeParse(answer);
      if (request.status === 201 && evidence.success) resolve(evidence.data);
      else reject(refusalOf(request.status, answer));
    });
    const body = new FormData();
    body.set('file', file);
    request.send(body);
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
