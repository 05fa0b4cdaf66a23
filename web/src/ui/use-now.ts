import { useSyncExternalStore } from 'react';
import { serverClock } from './server-clock.js';

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let second = NaN;

/** The server's time in ms since 1970, renewed once per second for everybody who asks; NaN before it is known. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, read);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function tick(): void {
  second = serverClock.now();
  for (const listener of listeners) listener();
}

function read(): number {
  if (Number.isNaN(second)) second = serverClock.now();
  return second;
}
