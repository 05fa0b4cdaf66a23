import { Erased, type Erasure } from '@app/shared';
import { ask } from './http.js';

/** @throws HttpFault for what is not there, or not the caller's to erase */
export const eraseWords = (body: Erasure): Promise<Erased> =>
  ask('/api/erasures', Erased, { method: 'POST', body });
