const C1 = 0xcc9e2d51;
const C2 = 0x1b873593;

/**
 * MurmurHash3, 32 bits (MurmurHash3_x86_32 by Austin Appleby, public domain).
 * @param bytes what is hashed
 * @param seed unsigned 32-bit seed
 * @returns unsigned 32-bit hash
 */
export function murmur3(bytes: Uint8Array, seed: number): number {
  const tail = bytes.length & ~3;
  let hash = seed | 0;
  for (let i = 0; i < tail; i += 4) {
    hash ^= scramble(
      byteAt(bytes, i) |
        (byteAt(bytes, i + 1) << 8) |
        (byteAt(bytes, i + 2) << 16) |
        (byteAt(bytes, i + 3) << 24),
    );
    hash = (hash << 13) | (hash >>> 19);
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
  }
  // Bytes beyond the end read as 0 and a scrambled 0 is 0, so the tail needs no cases.
  hash ^= scramble(byteAt(bytes, tail) | (byteAt(bytes, tail + 1) << 8) | (byteAt(bytes, tail + 2) << 16));

  hash ^= bytes.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** The UTF-8 bytes of a text; half a surrogate pair becomes U+FFFD. Written out because not every host has TextEncoder. */
export function utf8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    if (point < 0x80) bytes.push(point);
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), sixBits(point));
    else if (point >= 0xd800 && point < 0xe000) bytes.push(0xef, 0xbf, 0xbd);
    else if (point < 0x10000) bytes.push(0xe0 | (point >> 12), sixBits(point >> 6), sixBits(point));
    else bytes.push(0xf0 | (point >> 18), sixBits(point >> 12), sixBits(point >> 6), sixBits(point));
  }
  return Uint8Array.from(bytes);
}

/** One entity's share of a digest: murmur3 with seeds 0 and 1 over UTF-8 `kind:id:version`, each unsigned 32 bits. */
export function entityHash(kind: string, id: string, version: number): [number, number] {
  const bytes = utf8(`${kind}:${id}:${version}`);
  return [murmur3(bytes, 0), murmur3(bytes, 1)];
}

/**
 * The digest of a picture: two sums modulo 2^32 over its entities. It does not depend on the order, and an entity
 * that changes costs one `remove` and one `add`. The digest of nothing is sixteen zeros.
 */
export class Digest {
  #first = 0;
  #second = 0;

  add(kind: string, id: string, version: number): void {
    const [first, second] = entityHash(kind, id, version);
    this.#first = (this.#first + first) >>> 0;
    this.#second = (this.#second + second) >>> 0;
  }

  /** Takes back one `add` with the same three values; it cannot know whether there was one. */
  remove(kind: string, id: string, version: number): void {
    const [first, second] = entityHash(kind, id, version);
    this.#first = (this.#first - first) >>> 0;
    this.#second = (this.#second - second) >>> 0;
  }

  /** Sixteen hex digits in lower case: the sum of seed 0, then that of seed 1. */
  hex(): string {
    return hex8(this.#first) + hex8(this.#second);
  }
}

function scramble(block: number): number {
  const spread = Math.imul(block, C1);
  return Math.imul((spread << 15) | (spread >>> 17), C2);
}

function sixBits(point: number): number {
  return 0x80 | (point & 0x3f);
}

function byteAt(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0;
}

function hex8(word: number): string {
  return word.toString(16).padStart(8, '0');
}
