import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Caller } from '../../../../server/src/access/caller.js';
import type { CutFeed, CutListener } from '../../../../server/src/access/cut-feed.schedule.js';
import { hashOf } from '../../../../server/src/access/secret.js';
import { TOKEN_CACHE_MS, TokenCache } from '../../../../server/src/access/token-cache.js';
import { Clock } from '../../../../server/src/platform/clock.js';

const START = Date.parse('2026-10-01T08:00:00.000Z');
const HASH = hashOf('secret');
let now = START;
class SetClock extends Clock {
  override now(): number {
    return now;
  }
}

const callerOf = (credential: string): Caller => ({
  account: 'account',
  name: 'probe',
  role: 'staff',
  centre: 'centre',
  via: 'token',
  credential,
  tokenScopes: ['positions'],
  device: null,
  isSimulator: false,
});
const CALLER = callerOf('one');
const forEver = { caller: CALLER, expiresAt: null };

let cut: CutListener = () => undefined;
let cache: TokenCache;
beforeEach(() => {
  now = START;
  const cuts: Pick<CutFeed, 'onCut'> = {
    onCut: (listener) => {
      cut = listener;
      return () => undefined;
    },
  };
  cache = new TokenCache(new SetClock(), cuts as CutFeed);
});

describe('a token that was found', () => {
  it('is known for a second from when PostgreSQL was asked', () => {
    cache.keep(HASH, forEver, START);
    now = START + TOKEN_CACHE_MS - 1;
    expect(cache.find(HASH)).toBe(CALLER);
    now = START + TOKEN_CACHE_MS;
    expect(cache.find(HASH)).toBeUndefined();
  });

  it('is known no longer than it lives', () => {
    cache.keep(HASH, { caller: CALLER, expiresAt: START + 100 }, START);
    now = START + 99;
    expect(cache.find(HASH)).toBe(CALLER);
    now = START + 100;
    expect(cache.find(HASH)).toBeUndefined();
  });

  it('is asked for again when the clock was set back', () => {
    cache.keep(HASH, forEver, START);
    now = START - 1;
    expect(cache.find(HASH)).toBeUndefined();
  });

  it('makes room for others: the oldest goes', () => {
    for (let i = 0; i <= 10_000; i++)
      cache.keep(hashOf(`secret ${i}`), { caller: callerOf(`${i}`), expiresAt: null }, START);
    expect(cache.find(hashOf('secret 0'))).toBeUndefined();
    expect(cache.find(hashOf('secret 1'))?.credential).toBe('1');
    expect(cache.find(hashOf('secret 10000'))?.credential).toBe('10000');
  });
});

describe('a token that is revoked', () => {
  it('is forgotten at once, and no other', () => {
    const other = hashOf('another');
    cache.keep(HASH, forEver, START);
    cache.keep(other, { caller: callerOf('two'), expiresAt: null }, START);
    cache.distrust('one');
    expect(cache.find(HASH)).toBeUndefined();
    expect(cache.find(other)?.credential).toBe('two');
  });

  it('is not brought back by a lookup that began before', () => {
    cache.distrust('one');
    cache.keep(HASH, forEver, START);
    expect(cache.find(HASH)).toBeUndefined();
  });

  it('is forgotten when another process says so', () => {
    cache.keep(HASH, forEver, START);
    cut('one', 'signed-out');
    expect(cache.find(HASH)).toBeUndefined();
  });

  it('may be kept again once its transaction is over, for it may have been rolled back', () => {
    cache.distrust('one');
    now = START + 60_000;
    cache.distrust('two');
    cache.keep(HASH, forEver, now);
    expect(cache.find(HASH)).toBe(CALLER);
  });
});

describe('a thousand screens that come back with one token', () => {
  it('are one question, and each later one a question anew', async () => {
    const answers: ((caller: Caller) => void)[] = [];
    const ask = () => new Promise<Caller>((answer) => answers.push(answer));
    const all = Array.from({ length: 1000 }, () => cache.share(HASH, ask));
    expect(answers).toHaveLength(1);
    answers[0]?.(CALLER);
    expect(new Set(await Promise.all(all))).toEqual(new Set([CALLER]));
    void cache.share(HASH, ask);
    expect(answers).toHaveLength(2);
  });

  it('share a failure, and none is left for the next', async () => {
    const fails = () => Promise.reject(new Error('no database'));
    const both = [cache.share(HASH, fails), cache.share(HASH, fails)];
    for (const one of both) await expect(one).rejects.toThrow('no database');
    expect(await cache.share(HASH, () => Promise.resolve(CALLER))).toBe(CALLER);
  });

  it('never share an answer from before their token was cut', async () => {
    let answer: (caller: Caller) => void = () => undefined;
    const before = cache.share(HASH, () => new Promise((told) => (answer = told)));
    cut('one', 'signed-out');
    await expect(cache.share(HASH, () => Promise.reject(new Error('revoked')))).rejects.toThrow('revoked');
    answer(CALLER);
    expect(await before).toBe(CALLER);
  });
});
