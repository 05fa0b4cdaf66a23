import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Id } from '@app/shared';
import { Clock } from '../platform/clock.js';
import { Database, type Lane } from '../platform/database.js';
import { causeOf, Log } from '../platform/log.js';
import { IDLE_LOCK_MS } from './session.rules.js';

const POLL_MS = 1_000;
/** Changes are stamped when they are made and seen when they are committed; no transaction lives longer than this. */
const OVERLAP_MS = 15_000;

/**
 * Why a credential's connections must be looked at: it ended; nobody attended to it, so its commands wait for the
 * password while the picture stays; or its role or centre changed.
 */
export type CutReason = 'signed-out' | 'locked' | 'rescoped';
export type CutListener = (credential: Id, reason: CutReason) => void;

interface Cut {
  readonly credential: Id;
  readonly reason: CutReason;
  readonly at: Date;
}

/** Asks PostgreSQL each second which credentials ended or changed, and tells. Needs no bus; a lost database is waited for. */
@Injectable()
export class CutFeed implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #listeners = new Set<CutListener>();
  readonly #lane: Lane;
  readonly #told = new Map<string, number>();
  /** The database's clock at the last answer, for stamps that it wrote; ours, for times that come due. */
  #seenAt: number | undefined;
  #dueAt: number | undefined;
  #running: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isDown = false;

  constructor(
    database: Database,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {
    this.#lane = database.lane('cuts');
  }

  /** @returns a function that ends the listening */
  onCut(listener: CutListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.poll();
    this.#timer = setInterval(() => void this.poll(), POLL_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
    await this.#lane.end();
  }

  /** Asks once; calls while one runs share it. Never throws. */
  poll(): Promise<void> {
    this.#running ??= this.#ask().finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #ask(): Promise<void> {
    try {
      const now = this.clock.now();
      const [{ at }] = (await this.#lane.query('select clock_timestamp() as at')) as [{ at: Date }];
      const since = (this.#seenAt ?? at.getTime()) - OVERLAP_MS;
      const from = this.#dueAt ?? now;
      const cuts = (await this.#lane.query(SELECT_CUTS, [
        new Date(since),
        new Date(from),
        new Date(now),
        IDLE_LOCK_MS / 1000,
      ])) as Cut[];
      this.#seenAt = at.getTime();
      this.#dueAt = Math.max(now, from);
      this.#tellState(false);
      this.#tell(cuts, since);
    } catch (error) {
      this.#tellState(true, error);
    }
  }

  #tell(cuts: readonly Cut[], since: number): void {
    for (const [key, at] of this.#told) if (at < since) this.#told.delete(key);
    for (const { credential, reason, at } of cuts) {
      const key = `${credential} ${reason} ${at.getTime()}`;
      if (this.#told.has(key)) continue;
      this.#told.set(key, this.#seenAt ?? 0);
      for (const listener of this.#listeners) this.#call(listener, credential, reason);
    }
  }

  #call(listener: CutListener, credential: Id, reason: CutReason): void {
    try {
      listener(credential, reason);
    } catch (error) {
      this.log.error('access.cut-listener-failed', causeOf(error));
    }
  }

  #tellState(isDown: boolean, error?: unknown): void {
    if (isDown === this.#isDown) return;
    this.#isDown = isDown;
    if (isDown) this.log.error('access.cuts-unconfirmed', { error: causeOf(error).error });
    else this.log.info('access.cuts-confirmed');
  }
}

// A token never changes but by its end; an account at version 1 has never changed.
// $1 database's clock of the last look, $2 and $3 ours of the last look and of this one, $4 idle seconds.
const SELECT_CUTS = `
  select s.id as credential, 'signed-out' as reason, s.changed_at as at
    from session s where s.changed_at >= $1 and s.revoked_at is not null
  union all
  select s.id, case when a.disabled_at is null then 'rescoped' else 'signed-out' end, a.changed_at
    from account a join session s on s.account = a.id
   where a.changed_at >= $1 and a.version > 1 and a.changed_at > s.created_at and s.revoked_at is null and s.expires_at > $3
  union all
  select s.id, 'signed-out', s.expires_at
    from session s where s.expires_at > $2 and s.expires_at <= $3 and s.revoked_at is null
  union all
  select s.id, 'locked', s.attended_at
    from session s join account a on a.id = s.account
   where s.attended_at >= $2::timestamptz - make_interval(secs => $4) and s.attended_at < $3::timestamptz - make_interval(secs => $4)
     and s.revoked_at is null and s.expires_at > $3 and a.password_hash is not null and a.role not in ('display', 'team')
  union all
  select t.id, 'signed-out', t.changed_at
    from token t where t.changed_at >= $1 and t.revoked_at is not null
  union all
  select t.id, 'signed-out', t.expires_at
    from token t where t.expires_at > $2 and t.expires_at <= $3 and t.revoked_at is null`;
