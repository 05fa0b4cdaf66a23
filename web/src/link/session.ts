import { Centre, Session, Settings, type SignIn } from '@app/shared';
import { z } from 'zod';
import { ask, askRaw } from './http.js';

const Centres = z.object({ items: z.array(Centre) });

/** What holds for every screen of this installation; needs no session. */
export const fetchSettings = (): Promise<Settings> => ask('/api/settings', Settings);

/** Who is signed in. @throws HttpFault `session.required` when nobody is */
export const fetchSession = (): Promise<Session> => ask('/api/session', Session);

/** The tree that the session may see, parents first. */
export const fetchCentres = async (): Promise<Centre[]> => (await ask('/api/centres', Centres)).items;

export const signIn = (form: SignIn): Promise<unknown> =>
  askRaw('/api/session', { method: 'POST', body: form });

export const signOut = (): Promise<unknown> => askRaw('/api/session', { method: 'DELETE' });
