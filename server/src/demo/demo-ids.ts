import { type Id, uuidv7 } from '@app/shared';
import { randomFrom } from './simulator/random.js';

/** Ids that come out the same for the same seed: UUIDv7 minted from a fixed instant and seeded bytes. */
export function demoIds(seed: number, atMs: number): () => Id {
  const random = randomFrom(seed);
  const bytes = new Uint8Array(10);
  let count = 0;
  return () => {
    for (let i = 0; i < bytes.length; i++) bytes[i] = random.below(256);
    return uuidv7(atMs + count++, bytes);
  };
}
