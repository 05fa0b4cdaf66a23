import { setMaxListeners } from 'node:events';
import { fullJitterMs, pause } from './backoff.js';
import { Refused } from './refused.js';

export interface Ask {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** Below `/api`, with a slash in front. */
  readonly path: string;
  readonly body?: unknown;
  /** Makes a repeated POST harmless: the server gives the first answer again. */
  readonly key?: string;
  /** How often a passing failure is tried again; without it, until the stop signal. */
  readonly tries?: number;
}

/** What the parser of an answer must be able to do; every zod schema is one. */
interface Parser<T> {
  parse(value: unknown): T;
}

/** The public HTTP doors, as any client of ours uses them: by session cookie or by token. */
export class Api {
  #cookie: string | null = null;
  #renewing: Promise<void> | null = null;
  /** Signs in again when the session has ended; without it such a refusal is passed on. */
  renew: (() => Promise<void>) | null = null;
  readonly #authority: Record<string, string>;

  constructor(
    readonly url: string,
    private readonly stop: AbortSignal,
    token?: string,
  ) {
    // Every request and every pause listens to the one stop signal.
    setMaxListeners(0, stop);
    // A cookie alone is not believed: the request must also come from a page of the server's own origin.
    this.#authority = token ? { authorization: `Bearer ${token}` } : { origin: new URL(url).origin };
  }

  /** The headers by which the WebSocket handshake shows the same session. */
  get handshake(): Record<string, string> {
    return this.#cookie === null ? { ...this.#authority } : { ...this.#authority, cookie: this.#cookie };
  }

  get<T>(path: string, parser: Parser<T>): Promise<T> {
    return this.ask({ method: 'GET', path }, parser);
  }

  post<T>(path: string, body: unknown, parser: Parser<T>): Promise<T> {
    return this.ask({ method: 'POST', path, body }, parser);
  }

  /** Every page of a list, in order; `query` is kept between pages. */
  async list<T>(path: string, query: Record<string, string>, item: Parser<T>): Promise<T[]> {
    const found: T[] = [];
    const search = new URLSearchParams({ ...query, limit: '200' });
    for (;;) {
      const { items, next } = await this.get(`${path}?${search.toString()}`, PAGE);
      for (const one of items) found.push(item.parse(one));
      if (next === null) return found;
      search.set('cursor', next);
    }
  }

  /**
   * One request, tried again with full jitter while the failure is a passing one.
   * @throws Refused when the server says no, or when the tries or the stop signal end
   */
  async ask<T>(ask: Ask, parser: Parser<T>): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      try {
        return parser.parse(await this.#send(ask));
      } catch (error) {
        const isBug = error instanceof Refused && error.code === 'internal';
        const most = Math.min(ask.tries ?? Infinity, isBug ? TRIES_OF_A_BUG : Infinity);
        const isLast = this.stop.aborted || attempt + 1 >= most;
        if (isLast || !(error instanceof Refused)) throw error;
        if (isSignedOut(error) && this.renew && attempt === 0) await this.#enterAgain();
        else if (error.isPassing) await pause(fullJitterMs(attempt, Math.random()), this.stop);
        else throw error;
      }
    }
  }

  /** Requests that were refused together share one new session. */
  #enterAgain(): Promise<void> {
    this.#renewing ??= (this.renew?.() ?? Promise.resolve()).finally(() => (this.#renewing = null));
    return this.#renewing;
  }

  async #send({ method, path, body, key }: Ask): Promise<unknown> {
    const headers: Record<string, string> = { ...this.handshake, accept: 'application/json' };
    if (body !== undefined) headers['content-type'] = 'application/json';
    if (key !== undefined) headers['idempotency-key'] = key;
    const request = { method, headers, signal: AbortSignal.any([this.stop, AbortSignal.timeout(30_000)]) };
    const answer = await fetch(
      `${this.url}/api${path}`,
      body === undefined ? request : { ...request, body: JSON.stringify(body) },
    ).catch((error: unknown) => {
      throw new Refused('no-answer', 0, { cause: causeOf(error) });
    });
    const said = await answer.json().catch(() => null);
    if (!answer.ok) throw Refused.of(answer.status, said);
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
    if (cookie !== undefined) this.#cookie = cookie;
    return said;
  }
}

/** What failed inside the server may have been an accident, once or twice. */
const TRIES_OF_A_BUG = 6;

const PAGE: Parser<{ items: unknown[]; next: string | null }> = {
  parse(value) {
    const page = value as { items?: unknown; next?: unknown } | null;
    if (!Array.isArray(page?.items)) throw new TypeError('a page { items, next } wanted');
    return { items: page.items, next: typeof page.next === 'string' ? page.next : null };
  },
};

function causeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof Error ? cause.message : String(cause);
}

const isSignedOut = ({ code }: Refused): boolean => code === 'session.required' || code === 'session.locked';
