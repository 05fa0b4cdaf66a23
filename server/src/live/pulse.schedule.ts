import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Tailer } from '../journal/tailer.js';
import { Clock } from '../platform/clock.js';
import { Metrics } from '../platform/metrics.js';
import { FleetTicker } from './fleet-ticker.js';
import { Rooms } from './rooms.js';

const PULSE_MS = 1_000;

/** Each second: asks PostgreSQL for the head, and gives every room its pulse if, and only if, it answered in time. */
@Injectable()
export class PulseSchedule implements OnApplicationBootstrap, OnApplicationShutdown {
  #timer: NodeJS.Timeout | undefined;
  #isAsking = false;

  constructor(
    private readonly tailer: Tailer,
    private readonly rooms: Rooms,
    private readonly fleet: FleetTicker,
    private readonly clock: Clock,
    metrics: Metrics,
  ) {
    metrics.measured('screens', 'Screens that have joined a scope here.', () => rooms.screens);
  }

  onApplicationBootstrap(): void {
    this.tailer.listen({
      entries: (entries) => this.rooms.tellNews(entries),
      reloaded: () => this.rooms.restart(),
    });
    this.#timer = setInterval(() => void this.#beat(), PULSE_MS);
  }

  /** While PostgreSQL owes an answer no second question waits: it would be a pulse for a second that is over. */
  async #beat(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    await this.tailer.poll();
    this.#isAsking = false;
    if (this.clock.now() - this.tailer.confirmedAt <= PULSE_MS) this.rooms.pulse(this.fleet.tick);
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
  }
}
