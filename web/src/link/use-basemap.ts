import { useCallback, useEffect, useState } from 'react';
import type { MapFeatures } from '../map/engine.js';
import { backoffMs } from './backoff.js';
import { type Basemap, fetchBasemap, fetchBasemapLayer } from './basemap.js';

/** The offline map of the city; asked for until it comes. */
export function useBasemap(): Basemap | undefined {
  return useUntilThere(fetchBasemap);
}

/** A layer of it that is fetched by itself, as soon as it has a name. */
export function useBasemapLayer(name: string | undefined): MapFeatures | undefined {
  const read = useCallback((signal: AbortSignal) => fetchBasemapLayer(name ?? '', signal), [name]);
  return useUntilThere(name === undefined ? undefined : read);
}

/** What never changes; asked for until it comes. */
function useUntilThere<T>(read: ((signal: AbortSignal) => Promise<T>) | undefined): T | undefined {
  const [value, setValue] = useState<T>();
  useEffect(() => {
    if (!read) return undefined;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (failedTries: number) => {
      try {
        const came = await read(stop.signal);
        setValue(() => came);
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
  }, [read]);
  return value;
}
