import { createHash } from 'node:crypto';
import { createParamDecorator, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Id } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.js';
import { Fault } from '../platform/fault.js';
import { canonical } from './canonical.js';
import type { AskedRequest, Caller } from './caller.js';

/** How long an answer is kept for the same request coming again. */
export const KEPT_MS = 24 * 3_600_000;

/** The value of `Idempotency-Key`, or null; at most 200 printable ASCII characters. */
export const IdempotencyKey = createParamDecorator((_: unknown, context: ExecutionContext): string | null => {
  const seen = context.switchToHttp().getRequest<AskedRequest>().headers['idempotency-key'];
  if (seen === undefined) return null;
  if (typeof seen === 'string' && /^[\x20-\x7e]{1,200}$/.test(seen)) return seen;
  throw new Fault('request.malformed', {
    field: 'Idempotency-Key',
    wanted: '1 to 200 printable ASCII characters',
  });
});

export interface Once {
  readonly key: string | null;
  /** Method and path pattern, such as `POST /api/incidents`, with the ids it names. */
  readonly route: string;
  readonly body: unknown;
}

/** Answers a request that comes again with the answer of its first time. Unique per account, or per token. */
@Injectable()
export class Idempotency {
  constructor(private readonly clock: Clock) {}

  /**
   * Runs a command once per key, inside the command's own transaction: a refusal rolls the key back, and a running
   * twin is waited for (a lock time-out retries the transaction). The answer must survive JSON.
   * @throws Fault `idempotency.mismatch` when the key came before with another route or body
   */
  async once<T>(
    tx: EntityManager,
    caller: Caller,
    { key, route, body }: Once,
    run: () => Promise<T>,
  ): Promise<T> {
    if (key === null) return run();
    const owner = caller.via === 'token' ? caller.credential : caller.account;
    const print = createHash('sha256')
      .update(`${route}\n${canonical(body)}`)
      .digest();
    const now = this.clock.now();
    const claimed = [owner, key, print, new Date(now), new Date(now - KEPT_MS)];
    const mine = await tx.query<unknown[]>(CLAIM, claimed);
    if (mine.length === 0) return kept<T>(tx, owner, key, print);
    const answer = await run();
    await tx.query('update idempotency set answer = $3::jsonb where owner = $1 and key = $2', [
      owner,
      key,
      JSON.stringify(answer ?? null),
    ]);
    return answer;
  }

  /** Takes words out of kept answers about these entities: what is erased is answered no more, also the second time. */
  async scrub(tx: EntityManager, ids: readonly Id[], patch: object): Promise<void> {
    await tx.query(
      `update idempotency set answer = answer || $2::jsonb
        where answer ->> 'id' = any($1) or answer ->> 'parent' = any($1)`,
      [ids, JSON.stringify(patch)],
    );
  }
}

async function kept<T>(tx: EntityManager, owner: string, key: string, print: Buffer): Promise<T> {
  const [row] = await tx.query<{ print: Buffer; answer: T }[]>(
    'select print, answer from idempotency where owner = $1 and key = $2',
    [owner, key],
  );
  if (!row || !print.equals(row.print)) throw new Fault('idempotency.mismatch', { key });
  return row.answer;
}

// The insert waits for a twin that has not committed yet; an answer past its time makes room for a new one.
const CLAIM = `
  insert into idempotency (owner, key, print, at) values ($1, $2, $3, $4)
  on conflict (owner, key) do update set print = excluded.print, answer = null, at = excluded.at
   where idempotency.at < $5
  returning key`;
