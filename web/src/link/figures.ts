import { Figures } from '@app/shared';
import { serverClock } from '../ui/server-clock.js';
import { ask } from './http.js';
import { useFetched } from './use-fetched.js';

const EVERY_MS = 30_000;
/** Figures that could not be renewed for this long are old. */
export const FIGURES_STALE_MS = 120_000;

/** The figures of a scope, renewed every 30 s and after each blindness; the last ones stay when the server is silent. */
export function useFigures(scope: string): Figures | undefined {
  return useFetched({
    subject: scope,
    everyMs: EVERY_MS,
    read: async (signal) => {
      const fresh = await ask(`/api/figures?scope=${scope}`, Figures, { signal });
      serverClock.hear(Date.parse(fresh.at));
      return fresh;
    },
  }).value;
}
