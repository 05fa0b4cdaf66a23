import { useSyncExternalStore } from 'react';

/** So many screens come back at once: what they read anew over HTTP is spread over so long. */
const SPREAD_MS = 3000;

let count = 0;
const listeners = new Set<() => void>();

/** The live link is back: what was read over HTTP before it broke is as old as what it showed. */
export function linkReturned(): void {
  setTimeout(() => {
    count += 1;
    for (const listener of listeners) listener();
  }, Math.random() * SPREAD_MS);
}

/** How often the live link came back, each told a little later; whoever reads over HTTP reads again when it changes. */
export const useReturns = (): number => useSyncExternalStore(subscribe, () => count);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
