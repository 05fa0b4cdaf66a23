import { useEffect, useState } from 'react';
import type { z } from 'zod';
import { ask, HttpFault } from '../../link/http.js';

/** The version that somebody else's change has made; undefined for any other fault. */
export function versionOf(fault: unknown): number | undefined {
  if (!(fault instanceof HttpFault) || !fault.code.endsWith('.stale')) return undefined;
  const version = (fault.detail['current'] as { version?: unknown } | undefined)?.version;
  return typeof version === 'number' ? version : undefined;
}

/**
 * Something that is read and written whole at one path, by version, as it is being edited. `E` is what of it may be
 * edited. The draft stays when saving is refused.
 */
export function useVersioned<T extends { version: number }, E extends Partial<T>>(
  path: string,
  schema: z.ZodType<T>,
) {
  const [kept, setKept] = useState<T>();
  const [edited, setEdited] = useState<Partial<E>>({});
  const [fault, setFault] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    ask(path, schema, { signal: stop.signal }).then(setKept, (cause: unknown) => {
      if (!stop.signal.aborted) setFault(cause);
    });
    return () => stop.abort();
  }, [path, schema, asked]);

  const saveAt = async (version: number): Promise<void> => {
    setBusy(true);
    setFault(undefined);
    try {
      setKept(await ask(path, schema, { method: 'POST', body: { version, ...edited } }));
      setEdited({});
    } catch (cause) {
      setFault(cause);
    } finally {
      setBusy(false);
    }
  };
  const theirs = versionOf(fault);
  return {
    draft: kept && { ...kept, ...edited },
    isChanged: Object.keys(edited).length > 0,
    fault,
    isBusy,
    edit: (more: Partial<E>) => setEdited((before) => ({ ...before, ...more })),
    save: () => (kept ? saveAt(kept.version) : Promise.resolve()),
    reload: () => setAsked((count) => count + 1),
    forgive: () => setFault(undefined),
    /** Somebody else saved meanwhile: their words stand, or ours take their place. Undefined while nobody has. */
    takeTheirs: theirs === undefined ? undefined : () => takeTheirs(),
    keepMine: theirs === undefined ? undefined : () => void saveAt(theirs),
  };

  function takeTheirs(): void {
    setFault(undefined);
    setEdited({});
    setAsked((count) => count + 1);
  }
}
