// Locals: in the realm of a test runner every look at a global costs more than the arithmetic.
const { cos, floor, imul, log, PI, sqrt } = Math;

/** A seeded stream of draws: the same seed plays the same city. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  between(from: number, to: number): number;
  /** A whole number in [0, count). */
  below(count: number): number;
  /** Standard normal (Box and Muller 1958). */
  normal(): number;
  /** Waiting time with the given mean: the gaps of a Poisson process. */
  exponential(mean: number): number;
  /** @throws RangeError from an empty list */
  pick<T>(items: readonly T[]): T;
  /** A stream of its own, so that a draw more in one place does not move another. */
  fork(name: string): Random;
}

/** mulberry32 (Tommy Ettinger, public domain): 32 bits of state. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;

  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  return {
    next,
    between: (from, to) => from + (to - from) * next(),
    below: (count) => floor(next() * count),
    normal: () => sqrt(-2 * log(1 - next())) * cos(2 * PI * next()),
    exponential: (mean) => -mean * log(1 - next()),
    pick(items) {
      const item = items[floor(next() * items.length)];
      if (item === undefined) throw new RangeError('pick: at least one item wanted, none seen');
      return item;
    },
    fork: (name) => randomFrom(hashOf(name, seed)),
  };
}

/** One of some choices by their weights; undefined when every weight is 0. */
export function weighted<T extends string>(
  random: Random,
  weights: Readonly<Record<T, number>>,
): T | undefined {
  const choices = Object.entries(weights) as [T, number][];
  let rest = random.next() * choices.reduce((sum, [, weight]) => sum + weight, 0);
  return choices.find(([, weight]) => (rest -= weight) < 0)?.[0];
}

/** FNV-1a over UTF-16 units, 32 bits. */
export function hashOf(name: string, seed = 0): number {
  let sum = (0x811c9dc5 ^ seed) >>> 0;
  for (let i = 0; i < name.length; i++) sum = imul(sum ^ name.charCodeAt(i), 0x01000193) >>> 0;
  return sum;
}
