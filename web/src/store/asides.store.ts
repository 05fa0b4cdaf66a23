import type { AsideWord } from '@app/shared';
import { create } from 'zustand';
import { newKey } from '../link/http.js';

/** How long a word holds that is not said again; whoever means it says it every `SAY_MS`. */
export const HEARD_MS = 25_000;
export const SAY_MS = 8_000;

/** A word with the monotonic ms at which this screen heard it. */
export interface Heard extends AsideWord {
  readonly heardAt: number;
}
type Speak = (topic: string, data: unknown) => void;

interface Asides {
  readonly words: ReadonlyMap<string, Heard>;
  readonly speak: Speak | undefined;
  readonly hear: (word: AsideWord) => void;
  /** The link of the scope that is watched now; without one nothing is said, and what was heard is forgotten. */
  readonly speakThrough: (speak: Speak | undefined) => void;
}

/** This screen among its colleagues: apart from the session, since one account may sit at two screens. */
export const SEAT = newKey().slice(0, 12);

/** What colleagues say in passing: newest wins per topic, `null` takes it back, silence lets it lapse. */
export const useAsides = create<Asides>((set) => ({
  words: new Map(),
  speak: undefined,
  hear: (word) =>
    set(({ words }) => {
      const next = new Map([...words].filter(([, { heardAt }]) => performance.now() - heardAt < HEARD_MS));
      if (word.data === null) next.delete(word.topic);
      else next.set(word.topic, { ...word, heardAt: performance.now() });
      return { words: next };
    }),
  speakThrough: (speak) => set(speak ? { speak } : { speak, words: new Map() }),
}));

/** Words of others whose topic begins so and that still hold; `now` on this screen's monotonic clock. */
export function heardOf(words: ReadonlyMap<string, Heard>, prefix: string, now: number): Heard[] {
  return [...words.values()].filter(
    ({ topic, heardAt }) =>
      topic.startsWith(prefix) && !topic.endsWith(`:${SEAT}`) && now - heardAt < HEARD_MS,
  );
}
