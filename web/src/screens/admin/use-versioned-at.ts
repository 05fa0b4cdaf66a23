import type { z } from 'zod';
import { ask } from '../../link/http.js';
import { useFetched } from '../../link/use-fetched.js';
import { useVersioned, type Versioned } from './use-versioned.js';

const READ_MS = 60_000;

/** What is read and written whole at one path, as it is being edited; `P` is what of it may be edited. */
export function useVersionedAt<T extends Required<P> & Versioned, P extends object>(
  path: string,
  schema: z.ZodType<T>,
) {
  const read = useFetched({
    subject: path,
    everyMs: READ_MS,
    read: (signal) => ask(path, schema, { signal }),
  });
  const edited = useVersioned<T, P>(read, {
    write: (body) => ask(path, schema, { method: 'POST', body }),
  });
  return { read, edited };
}
