import { useEffect, useState } from 'react';
import { backoffMs } from './backoff.js';
import { type Basemap, fetchBasemap } from './basemap.js';

/** The offline map of the city; asked for until it comes. */
export function useBasemap(): Basemap | undefined {
  const [basemap, setBasemap] = useState<Basemap>();
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (failedTries: number) => {
      try {
        setBasemap(await fetchBasemap(stop.signal));
      } catch {
        if (stop.signal.aborted) return;
        timer = setTimeout(() => void look(failedTries + 1), backoffMs(failedTries, Math.random()));
      }
    };
    void look(0);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, []);
  return basemap;
}
