import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Id } from '@app/shared';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';

const WRITE_MS = 10_000;

/** When each device last told anything, whatever it was: noted in memory, written down every ten seconds. */
@Injectable()
export class DeviceSeen implements OnApplicationBootstrap, OnApplicationShutdown {
  #noted = new Map<Id, number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => void this.write(), WRITE_MS);
  }

  note(device: Id): void {
    this.#noted.set(device, this.clock.now());
  }

  /** Never throws: what a lost database did not take is told again with the next word of the device. */
  async write(): Promise<void> {
    if (this.#noted.size === 0) return;
    const noted = [...this.#noted].sort(([a], [b]) => (a < b ? -1 : 1));
    this.#noted = new Map();
    await this.database
      .query(WRITE, [noted.map(([device]) => device), noted.map(([, at]) => at)])
      .catch(() => undefined);
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.write();
  }
}

const WRITE = `
  insert into device_seen (device, seen_at)
  select d.id, to_timestamp(seen.at / 1000) from unnest($1::uuid[], $2::float8[]) as seen(device, at)
    join device d on d.id = seen.device
  on conflict (device) do update set seen_at = greatest(device_seen.seen_at, excluded.seen_at)`;
