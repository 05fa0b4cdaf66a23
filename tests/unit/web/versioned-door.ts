import type { ErrorCode } from '../../../shared/src/index.js';

interface Kept {
  readonly version: number;
}

/** What a page asks for over HTTP, each thing at its path and written by version as the server writes it. */
export class VersionedDoors {
  /** Bodies of what was asked to be written, refused or not. */
  readonly asked: unknown[] = [];
  isSilent = false;
  readonly #kept = new Map<string, { readonly now: Kept; readonly stale: ErrorCode }>();
  readonly #answers = new Map<string, () => unknown>();

  put(path: string, now: Kept, stale: ErrorCode): void {
    this.#kept.set(path, { now, stale });
  }

  /** A path that answers by itself. */
  answer(path: string, told: () => unknown): void {
    this.#answers.set(path, told);
  }

  at(path: string): Kept & Readonly<Record<string, unknown>> {
    return { ...this.#door(path).now };
  }

  /** Somebody's save. */
  change(path: string, more: object): void {
    const { now, stale } = this.#door(path);
    this.put(path, { ...now, ...more, version: now.version + 1 }, stale);
  }

  readonly fetch = async (path: string, { method, body }: { method: string; body?: string }) => {
    if (this.isSilent) throw new TypeError('nobody answers');
    const told = this.#answers.get(path);
    if (told) return answerOf(200, told());
    if (method === 'GET') return answerOf(200, this.at(path));
    const { version, ...more } = JSON.parse(body ?? '{}') as Kept & Record<string, unknown>;
    this.asked.push({ version, ...more });
    const { now, stale } = this.#door(path);
    if (version !== now.version)
      return answerOf(409, { error: { code: stale, detail: { seen: version, current: now } } });
    this.change(path, more);
    return answerOf(200, this.at(path));
  };

  #door(path: string) {
    const door = this.#kept.get(path);
    if (!door) throw new Error(`a known path wanted, ${path} seen`);
    return door;
  }
}

const answerOf = (status: number, told: unknown) => ({
  ok: status < 400,
  status,
  json: async (): Promise<unknown> => JSON.parse(JSON.stringify(told)),
});
