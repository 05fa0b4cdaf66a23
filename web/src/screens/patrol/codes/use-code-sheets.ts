import type { CodeSheet } from '@app/shared';
import { useCallback, useEffect, useState } from 'react';
import { fetchCodeSheets } from '../../../link/codes.js';

interface Held {
  /** Which checkpoints it is about. */
  readonly subject: string;
  /** Nothing while they are read or made anew: what was shown before may hold no more. */
  readonly sheets?: readonly CodeSheet[];
  readonly fault?: unknown;
  readonly isBusy: boolean;
}

interface CodeSheets extends Omit<Held, 'subject'> {
  readonly reload: () => void;
  readonly renew: () => void;
  readonly forgive: () => void;
}

/**
 * The codes of checkpoints. Every reading is audited: they are read once, and again only where making them anew broke
 * off, since then nobody knows which of them hold.
 */
export function useCodeSheets(points: readonly string[]): CodeSheets {
  const subject = points.join();
  const [held, setHeld] = useState<Held>({ subject, isBusy: false });
  const take = useCallback(
    (isNew: boolean) => {
      setHeld({ subject, isBusy: true });
      void readInto(
        (part) => setHeld((before) => (before.subject === subject ? { ...before, ...part } : before)),
        subject.split(','),
        isNew,
      );
    },
    [subject],
  );
  useEffect(() => {
    if (subject !== '') take(false);
  }, [subject, take]);
  return {
    ...(held.subject === subject ? held : { isBusy: true }),
    reload: () => take(false),
    renew: () => take(true),
    forgive: () => setHeld((before) => ({ ...before, fault: undefined })),
  };
}

async function readInto(
  show: (part: Partial<Held>) => void,
  points: readonly string[],
  isNew: boolean,
): Promise<void> {
  try {
    show({ sheets: await fetchCodeSheets(points, isNew), isBusy: false });
  } catch (fault) {
    show({ fault, isBusy: isNew });
    if (isNew) await readInto(show, points, false);
  }
}
