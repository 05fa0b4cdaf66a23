import { useCallback, useEffect, useState } from 'react';
import { z } from 'zod';
import { ask } from '../../link/http.js';

export interface List<T> {
  readonly items: readonly T[] | undefined;
  readonly fault: unknown;
  readonly reload: () => void;
}

/** A whole list, page after page. `path` may carry a query; `schema` is one item's and keeps its identity. */
export function useList<T>(path: string, schema: z.ZodType<T>): List<T> {
  const [items, setItems] = useState<readonly T[]>();
  const [fault, setFault] = useState<unknown>();
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    const read = async () => {
      try {
        setItems(await readAll(path, schema, stop.signal));
        setFault(undefined);
      } catch (cause) {
        if (!stop.signal.aborted) setFault(cause);
      }
    };
    void read();
    return () => stop.abort();
  }, [path, schema, asked]);
  const reload = useCallback(() => setAsked((count) => count + 1), []);
  return { items, fault, reload };
}

async function readAll<T>(path: string, schema: z.ZodType<T>, signal: AbortSignal): Promise<T[]> {
  const page = z.object({ items: z.array(schema), next: z.string().nullish() });
  const found: T[] = [];
  const [route, query] = path.split('?');
  for (let cursor: string | null | undefined; ;) {
    const address = new URLSearchParams(query);
    address.set('limit', '200');
    if (cursor) address.set('cursor', cursor);
    const { items, next } = await ask(`${route}?${address}`, page, { signal });
    found.push(...items);
    if (!next) return found;
    cursor = next;
  }
}
