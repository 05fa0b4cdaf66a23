import { useState } from 'react';
import { HttpFault } from '../../link/http.js';
import type { Fetched } from '../../link/use-fetched.js';
import { useChange } from './use-change.js';

/** The version that somebody else's change has made; undefined for any other fault. */
export function versionOf(fault: unknown): number | undefined {
  if (!(fault instanceof HttpFault) || !fault.code.endsWith('.stale')) return undefined;
  const version = (fault.detail['current'] as { version?: unknown } | undefined)?.version;
  return typeof version === 'number' ? version : undefined;
}

export interface Versioned {
  readonly version: number;
}

interface Saving<T, P> {
  /** Writes what was edited over the version that it was edited in. */
  readonly write: (change: P & Versioned) => Promise<T>;
  readonly onSaved?: () => void;
}

/**
 * Something that is read over and over and written by version, as it is being edited; it stays the same thing for as
 * long as this is mounted. `P` is what of it may be edited. The version goes with the edits, so that whatever is read
 * meanwhile makes the write stale instead of being lost; the edits stay when saving is refused, and those stay that came
 * while it went on.
 */
export function useVersioned<T extends Required<P> & Versioned, P extends object>(
  read: Fetched<T>,
  { write, onSaved }: Saving<T, P>,
) {
  const [saved, setSaved] = useState<T>();
  const [edits, setEdits] = useState<{ readonly version: number; readonly parts: P }>();
  const change = useChange(read.reload);
  const known = newer(read.value, saved);
  const draft: (Omit<T, keyof P> & Required<P>) | undefined = known && { ...known, ...edits?.parts };

  const saveAt = async (version: number): Promise<void> => {
    if (!edits) return;
    const { parts } = edits;
    const isDone = await change.run(async () => {
      const written = await write({ ...parts, version });
      setSaved(written);
      // What was edited on meanwhile is not saved yet, and stands on what was.
      setEdits((now) => (now === edits || !now ? undefined : { ...now, version: written.version }));
    });
    // What was refused may be refused for what somebody else has saved.
    if (!isDone) return read.reload();
    onSaved?.();
  };
  const theirs = versionOf(change.fault);
  return {
    draft,
    isChanged: edits !== undefined,
    fault: change.fault,
    isBusy: change.isBusy,
    edit: (more: P) =>
      known &&
      setEdits((before) => ({
        version: before?.version ?? known.version,
        parts: { ...before?.parts, ...more },
      })),
    drop,
    save: () => (edits ? saveAt(edits.version) : Promise.resolve()),
    /** We have raised the version by one ourselves, with something that the edits are not about. */
    raised: () => {
      setEdits((before) => before && { ...before, version: before.version + 1 });
      read.reload();
    },
    forgive: change.forgive,
    /** Somebody else saved meanwhile: their words stand, or ours take their place. Undefined while nobody has. */
    takeTheirs: theirs === undefined ? undefined : takeTheirs,
    keepMine: theirs === undefined ? undefined : () => void saveAt(theirs),
  };

  function drop(): void {
    setEdits(undefined);
    change.forgive();
  }

  function takeTheirs(): void {
    drop();
    read.reload();
  }
}

/** What was saved stands until something newer is read. */
const newer = <T extends Versioned>(read: T | undefined, saved: T | undefined): T | undefined =>
  saved && (!read || saved.version > read.version) ? saved : read;
