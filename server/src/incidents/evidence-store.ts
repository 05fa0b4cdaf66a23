import type { Id } from '@app/shared';

/** Where the bytes of evidence lie: outside the database, under keys that are used once. */
export abstract class EvidenceStore {
  /** Keeps bytes under a key. @throws Error when there is something under it, or it could not be kept whole */
  abstract put(key: Id, bytes: Uint8Array): Promise<void>;
  /** The bytes under a key; undefined when there are none. */
  abstract get(key: Id): Promise<Uint8Array | undefined>;
  /** Takes away what is under a key, if anything is. */
  abstract remove(key: Id): Promise<void>;
}
