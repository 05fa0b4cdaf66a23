import type { Evidence } from '@app/shared';
import { useCallback, useEffect, useState } from 'react';
import { fetchEvidence, sendEvidence } from '../../link/evidence.js';
import { newKey } from '../../link/http.js';

/** A file on its way, or one that was refused and can be tried again. */
export interface Sending {
  readonly key: string;
  readonly file: File;
  /** 0 to 1. */
  readonly part: number;
  readonly fault: unknown;
}

export interface EvidenceDesk {
  readonly items: readonly Evidence[] | undefined;
  readonly fault: unknown;
  readonly sending: readonly Sending[];
  readonly add: (files: Iterable<File>) => void;
  readonly again: (sending: Sending) => void;
  readonly drop: (key: string) => void;
}

/** Evidence of an incident, read again when the mark of what it has changes, and files on their way, one after the other. */
export function useEvidence(incident: string, mark: string, onKept: () => void): EvidenceDesk {
  const [items, setItems] = useState<readonly Evidence[]>();
  const [fault, setFault] = useState<unknown>();
  const [sending, setSending] = useState<readonly Sending[]>([]);

  useEffect(() => {
    const stop = new AbortController();
    const read = async () => {
      try {
        setItems(await fetchEvidence(incident, stop.signal));
        setFault(undefined);
      } catch (cause) {
        if (!stop.signal.aborted) setFault(cause);
      }
    };
    void read();
    return () => stop.abort();
  }, [incident, mark]);

  const drop = useCallback((key: string) => setSending((all) => all.filter((one) => one.key !== key)), []);
  const send = useCallback(
    async ({ key, file }: Pick<Sending, 'key' | 'file'>) => {
      const change = (part: Partial<Sending>) =>
        setSending((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)));
      change({ part: 0, fault: undefined });
      try {
        const kept = await sendEvidence({ incident, file, key, onProgress: (part) => change({ part }) });
        setItems((all) => [...(all ?? []).filter(({ id }) => id !== kept.id), kept]);
        drop(key);
        onKept();
      } catch (cause) {
        change({ fault: cause });
      }
    },
    [incident, drop, onKept],
  );
  const add = useCallback(
    (files: Iterable<File>) => {
      const fresh = [...files].map((file) => ({ key: newKey(), file, part: 0, fault: undefined }));
      setSending((all) => [...all, ...fresh]);
      void fresh.reduce((before, one) => before.then(() => send(one)), Promise.resolve());
    },
    [send],
  );
  return { items, fault, sending, add, again: (one) => void send(one), drop };
}
