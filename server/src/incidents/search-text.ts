import { Converter } from 'opencc-js/t2cn';

/** Rises with every change of what is cut: texts that were cut by an older one are cut again. */
export const CUT = 2;

const convert = Converter({ from: 't', to: 'cn' });
const simple = new Map<string, string>();

/** The usual simplified form of one character: alone, since what is cut may not depend on its neighbours. */
function simplified(character: string): string {
  const found = simple.get(character) ?? convert(character);
  simple.set(character, found);
  return found;
}

const HAN = /^\p{Script=Han}$/u;

/** A text as it can be searched. */
export interface Searchable {
  /** Folded runs of letters and digits with one space between: a run that is asked for stands in it as it is. */
  readonly folded: string;
  /** Every single character, pair and, among letters and digits, triple of the runs; each once. */
  readonly grams: readonly string[];
}

/**
 * What is the same for a reader is the same here: full and half width, upper and lower case, traditional and
 * simplified. Whatever is neither letter nor digit ends a run.
 */
export function runsOf(text: string): string[] {
  const plain = text.normalize('NFKC').toLowerCase();
  const folded = Array.from(plain, (one) => (HAN.test(one) ? simplified(one) : one)).join('');
  return folded.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

/** Cuts texts for the index. */
export function searchable(texts: readonly (string | null)[]): Searchable {
  const runs = [...new Set(texts.flatMap((text) => (text === null ? [] : runsOf(text))))];
  return { folded: runs.join(' '), grams: [...new Set(runs.flatMap(gramsOf))] };
}

/** What is looked up for a question: the grams that a text must have, and the runs that must stand in it whole. */
export function wantedOf(question: string): { readonly grams: string[]; readonly runs: string[] } {
  const runs = [...new Set(runsOf(question))];
  return { runs, grams: [...new Set(runs.flatMap(longestGramsOf))] };
}

function gramsOf(run: string): string[] {
  const characters = Array.from(run);
  return [...characters, ...pairsOf(characters), ...triplesOf(characters)];
}

/** The single character of a run of one: everything longer has a pair. */
function longestGramsOf(run: string): string[] {
  const characters = Array.from(run);
  return characters.length === 1 ? characters : [...pairsOf(characters), ...triplesOf(characters)];
}

const pairsOf = (characters: readonly string[]): string[] =>
  characters.slice(1).map((character, i) => `${characters[i]}${character}`);

/** Two digits are in every number: only triples tell numbers and words of an alphabet apart. */
const triplesOf = (characters: readonly string[]): string[] =>
  characters.slice(2).flatMap((character, i) => {
    const three = [characters[i] ?? '', characters[i + 1] ?? '', character];
    return three.some((one) => HAN.test(one)) ? [] : [three.join('')];
  });
