import type { LogDraft, LogEntry } from '@app/shared';
import { useEffect, useRef, useState } from 'react';
import { newKey } from '../../link/http.js';
import { fetchLog, writeLog } from '../../link/duty.js';
import { type Fetched, useFetched } from '../../link/use-fetched.js';
import { useLogMark } from '../../store/use-aside.js';
import { useChange, type Change } from '../admin/use-change.js';

/** The server says when there is something new; this long a hint that was lost can cost. */
const LOG_MS = 60_000;

export interface DutyLog {
  readonly newest: Fetched<{ items: LogEntry[]; next: string | null }>;
  readonly entries: readonly LogEntry[];
  readonly hasMore: boolean;
  readonly change: Change;
  readonly more: () => Promise<void>;
  /** True when it was written. */
  readonly write: (draft: LogDraft) => Promise<boolean>;
}

/** A centre's log: its newest page kept fresh, older ones as they are asked for. */
export function useLog(centre: string, isOpen: boolean): DutyLog {
  const query = { centre, limit: '50', ...(isOpen ? { open: 'true' } : {}) };
  const subject = JSON.stringify(query);
  const mark = useLogMark(centre);
  const newest = useFetched({ subject, mark, everyMs: LOG_MS, read: (signal) => fetchLog(query, signal) });
  const [older, setOlder] = useState<{ items: LogEntry[]; next: string | null }>();
  const change = useChange(newest.reload);
  const key = useRef(newKey());
  useEffect(() => setOlder(undefined), [subject]);

  const items = newest.value?.items ?? [];
  const oldest = items.at(-1)?.number ?? 0;
  const next = older ? older.next : (newest.value?.next ?? null);
  return {
    newest,
    entries: [...items, ...(older?.items ?? []).filter(({ number }) => number < oldest)],
    hasMore: next !== null,
    change,
    more: async () => {
      if (next === null) return;
      const page = await fetchLog({ ...query, cursor: next });
      setOlder({ items: [...(older?.items ?? []), ...page.items], next: page.next });
    },
    write: async (draft) => {
      const isDone = await change.run(() => writeLog(draft, key.current));
      if (isDone) key.current = newKey();
      return isDone;
    },
  };
}
