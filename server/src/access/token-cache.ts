import { Injectable } from '@nestjs/common';
import type { Id } from '@app/shared';
import { Clock } from '../platform/clock.js';
import type { Caller } from './caller.js';
import { CutFeed } from './cut-feed.schedule.js';

/** How long an answer of PostgreSQL may be used again: no longer than a cut takes to reach other processes. */
export const TOKEN_CACHE_MS = 1_000;
const MOST_TOKENS = 10_000;
/** Longer than any transaction: by then a revocation is committed and refused by PostgreSQL itself. */
const DISTRUST_MS = 30_000;

/** A token as PostgreSQL knew it. Instants are ms since 1970. */
export interface TokenFound {
  readonly caller: Caller;
  readonly expiresAt: number | null;
}

interface Held extends TokenFound {
  readonly readAt: number;
}

/**
 * Tokens that were found within the last second, by the hash of their secret. Unknown ones are never kept. A revoked
 * token is forgotten before its transaction commits and not kept again until that has ended either way: a lookup that
 * ran meanwhile cannot bring it back.
 */
@Injectable()
export class TokenCache {
  /** Oldest first. */
  readonly #held = new Map<string, Held>();
  readonly #distrusted = new Map<Id, number>();
  /** Questions on their way to PostgreSQL, by the same hash. */
  #asked = new Map<string, Promise<Caller>>();

  constructor(
    private readonly clock: Clock,
    cuts: CutFeed,
  ) {
    cuts.onCut((credential) => this.distrust(credential));
  }

  /** Undefined when PostgreSQL must be asked. */
  find(hash: Buffer): Caller | undefined {
    const held = this.#held.get(keyOf(hash));
    if (!held) return undefined;
    const age = this.clock.now() - held.readAt;
    // A clock that was set back makes an answer older, not younger.
    if (age < 0 || age >= TOKEN_CACHE_MS) return undefined;
    return held.expiresAt === null || held.expiresAt > held.readAt + age ? held.caller : undefined;
  }

  /** Asks once for all who show the same token at the same time: a thousand screens that come back are one question. */
  share(hash: Buffer, ask: () => Promise<Caller>): Promise<Caller> {
    const key = keyOf(hash);
    const asked = this.#asked;
    let answer = asked.get(key);
    if (!answer) {
      answer = ask().finally(() => asked.delete(key));
      asked.set(key, answer);
    }
    return answer;
  }

  /** Keeps what PostgreSQL was asked for at `readAt`. */
  keep(hash: Buffer, found: TokenFound, readAt: number): void {
    if (this.#distrusted.has(found.caller.credential)) return;
    const key = keyOf(hash);
    this.#held.delete(key);
    this.#held.set(key, { ...found, readAt });
    const [oldest] = this.#held.keys();
    if (this.#held.size > MOST_TOKENS && oldest !== undefined) this.#held.delete(oldest);
  }

  /** From now on PostgreSQL is asked for this token at each request. */
  distrust(credential: Id): void {
    const now = this.clock.now();
    for (const [id, until] of this.#distrusted) if (until <= now) this.#distrusted.delete(id);
    this.#distrusted.set(credential, now + DISTRUST_MS);
    // Whoever comes from now on must not share an answer from before.
    this.#asked = new Map();
    for (const [key, { caller }] of this.#held) if (caller.credential === credential) this.#held.delete(key);
  }
}

const keyOf = (hash: Buffer): string => hash.toString('latin1');
