import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from './clock.js';
import { Database } from './database.js';
import { Log } from './log.js';
import { Metrics } from './metrics.js';

const MAX_OFF_MS = 1_000;
const EVERY_MS = 2_000;
/** A database that has not answered by then is as good as none. */
const ANSWER_MS = 2_000;

/** Compares our clock with the database's, which all processes share; says it aloud when they part. */
@Injectable()
export class ClockCheck implements OnApplicationBootstrap, OnApplicationShutdown {
  /** Within a second of the database's clock when it last answered. */
  isInTime = true;
  #offMs = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    metrics.measured('clock_off_seconds', "The database's clock minus ours.", () => this.#offMs / 1_000);
  }

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => void this.ask(), EVERY_MS);
  }

  /** The database's clock minus ours, ms; null when it did not answer. */
  async ask(): Promise<number | null> {
    const asked = this.clock.now();
    const asking = this.database
      .query<{ ms: number }>('select extract(epoch from clock_timestamp())::float8 * 1000 as ms')
      .catch(() => []);
    const rows = await Promise.race([asking, pause(ANSWER_MS, [], { ref: false })]);
    const answered = this.clock.now();
    if (!rows[0]) return null;
    // The answer was made at some moment in between: what that leaves open speaks for us.
    const offMs = rows[0].ms - (asked + answered) / 2;
    this.#note(offMs, Math.abs(offMs) - (answered - asked) / 2 <= MAX_OFF_MS);
    return Math.round(offMs);
  }

  #note(offMs: number, isInTime: boolean): void {
    this.#offMs = offMs;
    if (isInTime === this.isInTime) return;
    this.isInTime = isInTime;
    if (isInTime) this.log.info('clock.in-time', { offMs });
    else this.log.error('clock.off', { offMs });
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
  }
}
