import { readCodeText } from '@app/shared';
import { useEffect } from 'react';

interface TagRecord {
  readonly recordType: string;
  readonly data?: DataView;
}
interface TagReader extends EventTarget {
  scan(options: { signal: AbortSignal }): Promise<void>;
}

/** Listens for NFC tags where the browser can (Chrome on Android, over https); elsewhere nothing happens. */
export function useTags(onFound: (found: { checkpoint: string; code: string }) => void): void {
  useEffect(() => {
    const { NDEFReader: Reader } = globalThis as { NDEFReader?: new () => TagReader };
    if (!Reader) return undefined;
    const gone = new AbortController();
    const reader = new Reader();
    reader.addEventListener('reading', (event) => {
      const { message } = event as Event & { message: { records: readonly TagRecord[] } };
      for (const { recordType, data } of message.records) {
        const text = recordType === 'text' && data ? new TextDecoder().decode(data) : '';
        const found = readCodeText(text);
        if (found) onFound(found);
      }
    });
    reader.scan({ signal: gone.signal }).catch(() => undefined);
    return () => gone.abort();
  }, [onFound]);
}
