import { type KnownPlace, PlaceList } from '@app/shared';
import { ask } from './http.js';

/** Places of the own subtree that are called like what was typed. @throws HttpFault */
export const findPlaces = async (typed: string, signal: AbortSignal): Promise<readonly KnownPlace[]> =>
  (await ask(`/api/places?q=${encodeURIComponent(typed)}`, PlaceList, { signal })).items;
