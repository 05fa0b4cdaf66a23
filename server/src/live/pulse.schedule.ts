import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Tailer } from '../journal/tailer.js';
import { Clock } from '../platform/clock.js';
import { FleetTicker } from './fleet-ticker.js';
import { Rooms } from './rooms.js';

const PULSE_MS = 1_000;

/** Each second: asks PostgreSQL for the head, and gives every room its pulse if, and only if, it answered in time. */
@Injectable()
export class PulseSchedule implements OnApplicationBootstrap, OnApplicationShutdown {
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly tailer: Tailer,
    private readonly rooms: Rooms,
    private readonly fleet: FleetTicker,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.tailer.listen({ entries: () => this.rooms.tellNews(), reloaded: () => this.rooms.restart() });
    this.#timer = setInterval(() => void this.#beat(), PULSE_MS);
  }

  async #beat(): Promise<void> {
    await this.tailer.poll();
    if (this.clock.now() - this.tailer.confirmedAt <= PULSE_MS) this.rooms.pulse(this.fleet.tick);
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
  }
}
