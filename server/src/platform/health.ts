import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Bus } from './bus.js';
import { ClockCheck } from './clock-check.js';
import { CONFIG, type Config } from './config.js';
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

/** Says whether this process may be sent screens and requests. */
@Injectable()
export class Health {
  draining = false;

  constructor(
    private readonly bus: Bus,
    private readonly clocks: ClockCheck,
    @Inject(CONFIG) private readonly config: Config,
    metrics: Metrics,
  ) {
    metrics.measured('bus_up', '0 while other processes cannot be reached.', () => Number(bus.isUp));
    metrics.measured('draining', '1 while this process ends.', () => Number(this.draining));
  }

  async readiness(): Promise<Readiness> {
    const clockOffMs = await this.clocks.ask();
    const database = clockOffMs !== null;
    const bus = this.bus.isUp || this.config.redisUrl === null;
    const { draining } = this;
    return { ready: database && this.clocks.isInTime && !draining, database, bus, draining, clockOffMs };
  }
}
