import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Bus } from './bus.js';
import { Clock } from './clock.js';
import { CONFIG, type Config } from './config.js';
import { Database } from './database.js';
import { Metrics } from './metrics.js';

export const Readiness = z.object({
  ready: z.boolean(),
  database: z.boolean(),
  bus: z.boolean(),
  draining: z.boolean(),
  /** The database's clock minus ours, ms; null when it did not answer. */
  clockOffMs: z.number().nullable(),
});
export type Readiness = z.infer<typeof Readiness>;

const MAX_CLOCK_OFF_MS = 1_000;
/** A database that has not answered by then is as good as none. */
const ANSWER_MS = 2_000;

/** Says whether this process may be sent screens and requests. */
@Injectable()
export class Health {
  draining = false;

  constructor(
    private readonly database: Database,
    private readonly bus: Bus,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
    metrics: Metrics,
  ) {
    metrics.measured('bus_up', '0 while other processes cannot be reached.', () => Number(bus.isUp));
    metrics.measured('draining', '1 while this process ends.', () => Number(this.draining));
  }

  async readiness(): Promise<Readiness> {
    const clockOffMs = await this.clockOff();
    const database = clockOffMs !== null;
    const inTime = clockOffMs !== null && Math.abs(clockOffMs) <= MAX_CLOCK_OFF_MS;
    const bus = this.bus.isUp || this.config.redisUrl === null;
    return {
      ready: database && inTime && !this.draining,
      database,
      bus,
      draining: this.draining,
      clockOffMs,
    };
  }

  private async clockOff(): Promise<number | null> {
    const asked = this.clock.now();
    const asking = this.database
      .query<{ ms: number }>('select extract(epoch from clock_timestamp())::float8 * 1000 as ms')
      .catch(() => []);
    const rows = await Promise.race([asking, pause(ANSWER_MS, [], { ref: false })]);
    const answered = this.clock.now();
    return rows[0] ? Math.round(rows[0].ms - (asked + answered) / 2) : null;
  }
}
