import { Bus } from './bus.js';

/** The bus of a single process. */
export class MemoryBus extends Bus {
  readonly isUp = true;
  readonly #listeners = new Map<string, Set<(bytes: Uint8Array) => void>>();

  publish(topic: string, bytes: Uint8Array): void {
    for (const listener of this.#listeners.get(topic) ?? []) queueMicrotask(() => listener(bytes));
  }

  subscribe(topic: string, listener: (bytes: Uint8Array) => void): () => void {
    const listeners = this.#listeners.get(topic) ?? new Set();
    this.#listeners.set(topic, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#listeners.clear();
  }
}
