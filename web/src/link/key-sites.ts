import { Names } from '@app/shared';
import { z } from 'zod';
import { ask } from './http.js';

const KeySite = z.object({
  id: z.string(),
  names: Names,
  kind: z.string(),
  position: z.tuple([z.number(), z.number()]),
  circle: z.number(),
});
export type KeySite = z.infer<typeof KeySite>;
const KeySites = z.object({ items: z.array(KeySite) });

/** Key sites of the own subtree. @throws HttpFault */
export const fetchKeySites = async (): Promise<KeySite[]> => (await ask('/api/key-sites', KeySites)).items;
