const { floor, imul } = Math;

/** A seeded stream of numbers: the same seed tells the same city on every machine. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** In [from, to). */
  between(from: number, to: number): number;
  /** A whole number in [0, count). */
  below(count: number): number;
  pick<T>(items: readonly T[]): T;
  /** A stream of its own, so that a new draw in one part of the city does not move another part. */
  fork(name: string): Random;
}

/** mulberry32, Tommy Ettinger, public domain: 32 bits of state, period 2^32. */
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
    pick(items) {
      const item = items[floor(next() * items.length)];
      if (item === undefined) throw new RangeError('picked from an empty list');
      return item;
    },
    fork: (name) => randomFrom(hash(name, seed)),
  };
}

/** FNV-1a over UTF-16 units. */
function hash(name: string, seed: number): number {
  let sum = (0x811c9dc5 ^ seed) >>> 0;
  for (let i = 0; i < name.length; i++) sum = imul(sum ^ name.charCodeAt(i), 0x01000193) >>> 0;
  return sum;
}
