import { Figures } from '@app/shared';
import { useEffect, useState } from 'react';
import { serverClock } from '../ui/server-clock.js';
import { ask } from './http.js';

const EVERY_MS = 30_000;
/** Figures that could not be renewed for this long are old. */
export const FIGURES_STALE_MS = 120_000;

/** The figures of a scope, renewed every 30 s; the last ones stay when the server does not answer. */
export function useFigures(scope: string): Figures | undefined {
  const [figures, setFigures] = useState<Figures>();
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const renew = async () => {
      try {
        const fresh = await ask(`/api/figures?scope=${scope}`, Figures, { signal: stop.signal });
        serverClock.hear(Date.parse(fresh.at));
        setFigures(fresh);
      } catch {
        // What is shown grows old and says so.
      }
      if (!stop.signal.aborted) timer = setTimeout(() => void renew(), EVERY_MS);
    };
    void renew();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [scope]);
  return figures?.scope === scope ? figures : undefined;
}
