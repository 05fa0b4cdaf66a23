import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { causeOf, Log } from '../platform/log.js';
import { KEPT_MS } from './idempotency.js';

const EVERY_MS = 10 * 60_000;
const DAY_MS = 24 * 3_600_000;
/** Ended sessions stay a while, so that the audit's ids can be followed. */
const SESSION_KEPT_MS = 30 * DAY_MS;

/** Takes away what has served: kept answers, ended sessions, counts of old failures. Any process may, as often as it likes. */
@Injectable()
export class Purge implements OnApplicationBootstrap, OnApplicationShutdown {
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => {
      this.#running = this.#tick();
    }, EVERY_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  async run(): Promise<void> {
    const now = this.clock.now();
    await this.database.query('delete from idempotency where at < $1', [new Date(now - KEPT_MS)]);
    await this.database.query('delete from session where least(expires_at, revoked_at) < $1', [
      new Date(now - SESSION_KEPT_MS),
    ]);
    await this.database.query('delete from lockout where since < $1 and coalesce(until, since) < $1', [
      new Date(now - DAY_MS),
    ]);
  }

  async #tick(): Promise<void> {
    try {
      await this.run();
    } catch (error) {
      this.log.warn('access.purge-failed', { error: causeOf(error).error });
    }
  }
}
