import { useCallback, useEffect, useRef, useState } from 'react';
import { serverClock } from '../ui/server-clock.js';
import { backoffMs } from './backoff.js';
import { HttpFault } from './http.js';
import { useReturns } from './returns.js';

export interface Fetched<T> {
  readonly value: T | undefined;
  readonly fault: unknown;
  /** When the value was read, by the server's clock (ms); null before that. */
  readonly readAt: number | null;
  readonly reload: () => void;
}

export interface FetchedOf<T> {
  /** What it is about: a value of another subject is never shown. Nothing is read without one. */
  readonly subject: string | undefined;
  /** It is read again when this changes. */
  readonly mark?: string | number | undefined;
  readonly everyMs: number;
  readonly read: (signal: AbortSignal) => Promise<T>;
}

/**
 * Something that is read over HTTP, again every `everyMs` and whenever the live link is back; the last value stays while
 * the server is silent, and what it could not answer now is asked again soon, then ever less often.
 */
export function useFetched<T>({ subject, mark, everyMs, read }: FetchedOf<T>): Fetched<T> {
  const [held, setHeld] = useState<{ readonly subject: string; readonly value: T; readonly at: number }>();
  const [fault, setFault] = useState<unknown>();
  const [asked, setAsked] = useState(0);
  const returns = useReturns();
  const newest = useRef(read);
  useEffect(() => {
    newest.current = read;
  });

  useEffect(() => {
    if (subject === undefined) return undefined;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let failedTries = 0;
    const renew = async () => {
      let waitMs = everyMs;
      try {
        const value = await newest.current(stop.signal);
        if (stop.signal.aborted) return;
        setHeld({ subject, value, at: serverClock.now() });
        setFault(undefined);
        failedTries = 0;
      } catch (cause) {
        if (stop.signal.aborted) return;
        setFault(cause);
        if (cause instanceof HttpFault && cause.retry)
          waitMs = backoffMs(failedTries++, Math.random(), everyMs);
      }
      timer = setTimeout(() => void renew(), waitMs);
    };
    void renew();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [subject, mark, everyMs, asked, returns]);

  const reload = useCallback(() => setAsked((count) => count + 1), []);
  const mine = held !== undefined && held.subject === subject ? held : undefined;
  return { value: mine?.value, fault, readAt: mine?.at ?? null, reload };
}
