import { type KnownPlace, PLACE_KINDS } from '@app/shared';
import { runsOf } from './search-text.js';

/** A place with what it is found by, folded once. */
export interface FoldedPlace<T> {
  readonly place: T;
  readonly kind: KnownPlace['kind'];
  /** Names first: a place that is called so goes before one that only has the word beside it. */
  readonly calls: readonly string[];
  readonly runs: string;
}

export function foldedPlace<T>(
  place: T,
  kind: KnownPlace['kind'],
  { names, words }: { names: readonly string[]; words: readonly string[] },
): FoldedPlace<T> {
  const calls = names.map((name) => runsOf(name).join(' '));
  return { place, kind, calls, runs: [...calls, ...words.flatMap(runsOf)].join(' ') };
}

/**
 * Places in which every word of what was typed stands, the most fitting first. Where none has them all, the last words
 * are left out until one does: behind the name of a place people write where exactly.
 * @param seen what a place is to whoever asks, or undefined where it is none of theirs
 */
export function matchPlaces<T, Seen>(
  all: readonly FoldedPlace<T>[],
  typed: string,
  seen: (place: T) => Seen | undefined,
): Seen[] {
  for (let wanted = runsOf(typed); wanted.length > 0; wanted = wanted.slice(0, -1)) {
    const found = all
      .filter(({ runs }) => wanted.every((run) => runs.includes(run)))
      .sort(byFit(wanted.join(' ')))
      .flatMap(({ place }) => seen(place) ?? []);
    if (found.length > 0) return found;
  }
  return [];
}

const byFit = (typed: string) => {
  const [first = typed] = typed.split(' ');
  const rank = ({ calls }: FoldedPlace<unknown>): number => {
    if (calls.includes(typed)) return 0;
    if (calls.some((call) => call.startsWith(typed))) return 1;
    return calls.some((call) => call.includes(first)) ? 2 : 3;
  };
  const lengthOf = ({ calls }: FoldedPlace<unknown>) => calls[0]?.length ?? 0;
  return (a: FoldedPlace<unknown>, b: FoldedPlace<unknown>): number =>
    rank(a) - rank(b) ||
    PLACE_KINDS.indexOf(a.kind) - PLACE_KINDS.indexOf(b.kind) ||
    lengthOf(a) - lengthOf(b) ||
    (a.runs < b.runs ? -1 : 1);
};
