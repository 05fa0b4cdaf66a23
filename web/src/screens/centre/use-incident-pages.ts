import type { IncidentItem } from '@app/shared';
import { useCallback, useEffect, useState } from 'react';
import { fetchIncidents } from '../../link/incidents.js';
import { serverClock } from '../../ui/server-clock.js';

export interface IncidentPages {
  readonly rows: readonly IncidentItem[] | undefined;
  readonly fault: unknown;
  readonly page: number;
  readonly hasNext: boolean;
  /** The index of words is still being filled: what is looked for may be there and not be found. */
  readonly isPartial: boolean;
  /** When the page was read, by this screen's monotonic clock; rises with each reading. */
  readonly readAt: number;
  /** The same by the server's clock (ms); null before that. */
  readonly observedAt: number | null;
  readonly turn: (page: number) => void;
  readonly reload: () => void;
}

/** Which page of which question is shown, and where each page of it ended. */
interface Place {
  readonly query: string | undefined;
  readonly page: number;
  readonly cursors: readonly string[];
}

const BEGINNING: Place = { query: undefined, page: 0, cursors: [] };

interface Read {
  readonly query: string;
  readonly rows: readonly IncidentItem[];
  readonly isPartial: boolean;
  readonly readAt: number;
  readonly observedAt: number;
}

/** Pages of a list by keyset: every page remembers where the one before ended. `query` is what is asked; undefined asks nothing. */
export function useIncidentPages(query: string | undefined): IncidentPages {
  const [read, setRead] = useState<Read>();
  const [fault, setFault] = useState<unknown>();
  const [place, setPlace] = useState<Place>(BEGINNING);
  const [hasNext, setHasNext] = useState(false);
  const [asked, setAsked] = useState(0);

  // Another question begins at its beginning, with none of the other one's cursors.
  const { page, cursors } = place.query === query ? place : BEGINNING;

  useEffect(() => {
    const stop = new AbortController();
    const cursor = page === 0 ? undefined : cursors[page - 1];
    if (query === undefined || (page > 0 && cursor === undefined)) return undefined;
    const look = async () => {
      try {
        const address = new URLSearchParams(query);
        if (cursor !== undefined) address.set('cursor', cursor);
        const { items, next, partial = false } = await fetchIncidents(address, stop.signal);
        const observedAt = serverClock.now();
        setRead({ query, rows: items, isPartial: partial, readAt: performance.now(), observedAt });
        setHasNext(next !== null);
        if (next !== null) setPlace({ query, page, cursors: [...cursors.slice(0, page), next] });
        setFault(undefined);
      } catch (cause) {
        if (!stop.signal.aborted) setFault(cause);
      }
    };
    void look();
    return () => stop.abort();
    // The cursors of pages that were read do not read them again.
  }, [query, page, asked]);

  const turn = useCallback((to: number) => setPlace({ query, page: to, cursors }), [query, cursors]);
  const reload = useCallback(() => {
    setPlace(BEGINNING);
    setAsked((count) => count + 1);
  }, []);
  const rows = read && read.query === query ? read.rows : undefined;
  return {
    rows,
    fault,
    page,
    hasNext,
    isPartial: rows !== undefined && read?.isPartial === true,
    readAt: read?.readAt ?? 0,
    observedAt: rows === undefined ? null : (read?.observedAt ?? null),
    turn,
    reload,
  };
}
