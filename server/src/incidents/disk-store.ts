import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Id } from '@app/shared';
import { EvidenceStore } from './evidence-store.js';

/** Files below a directory, spread by the last two letters of their keys: the first ones tell the time. */
export class DiskStore extends EvidenceStore {
  readonly #root: string;

  constructor(directory: string) {
    super();
    this.#root = resolve(directory);
  }

  async put(key: Id, bytes: Uint8Array): Promise<void> {
    const path = this.#pathOf(key);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    // `wx`: a file that is there is never written over.
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
  }

  async get(key: Id): Promise<Uint8Array | undefined> {
    try {
      return await readFile(this.#pathOf(key));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  async remove(key: Id): Promise<void> {
    await rm(this.#pathOf(key), { force: true });
  }

  #pathOf(key: Id): string {
    return join(this.#root, key.slice(-2), key);
  }
}
