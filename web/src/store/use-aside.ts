import { dutyLogTopic } from '@app/shared';
import { useEffect, useRef } from 'react';
import { useNow } from '../ui/use-now.js';
import { type Heard, heardOf, SAY_MS, SEAT, useAsides } from './asides.store.js';

/** What others say under a prefix now; looked at each second, since words lapse in silence. */
export function useHeard(prefix: string): Heard[] {
  useNow();
  const words = useAsides((asides) => asides.words);
  return heardOf(words, prefix, performance.now());
}

/**
 * Says a word for as long as it is meant: at once, every few seconds, when somebody new is heard, and `null` at the
 * end. `data` undefined: nothing is said.
 */
export function useSaying(prefix: string, data: unknown): void {
  const speak = useAsides((asides) => asides.speak);
  const others = useHeard(prefix).length;
  const print = data === undefined ? undefined : JSON.stringify(data);
  const said = useRef(false);
  const topic = `${prefix}${SEAT}`;
  useEffect(() => {
    if (!speak || print === undefined) return undefined;
    const say = () => speak(topic, JSON.parse(print));
    say();
    said.current = true;
    const timer = setInterval(say, SAY_MS);
    return () => clearInterval(timer);
  }, [speak, topic, print, others]);
  const isSaying = print !== undefined;
  useEffect(() => {
    if (!isSaying) return undefined;
    return () => {
      if (said.current) useAsides.getState().speak?.(topic, null);
      said.current = false;
    };
  }, [isSaying, topic]);
}

/** Changes when the server says that something has; what another screen says of it counts for nothing. */
export const useHintMark = (topic: string): string =>
  useAsides(({ words }) => {
    const word = words.get(topic);
    return word && word.from === undefined ? word.at : '';
  });

export const useLogMark = (centre: string): string => useHintMark(dutyLogTopic(centre));
