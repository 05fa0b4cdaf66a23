import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Id, PositionDoor } from '@app/shared';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';

const WRITE_MS = 10_000;

interface Noted {
  readonly at: number;
  readonly door: PositionDoor;
}

/** When each device last told anything, whatever it was, and through which door: noted in memory, written down every ten seconds. */
@Injectable()
export class DeviceSeen implements OnApplicationBootstrap, OnApplicationShutdown {
  #noted = new Map<Id, Noted>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => void this.write(), WRITE_MS);
  }

  note(device: Id, door: PositionDoor): void {
    this.#noted.set(device, { at: this.clock.now(), door });
  }

  /** Never throws: what a lost database did not take is told again with the next word of the device. */
  async write(): Promise<void> {
    if (this.#noted.size === 0) return;
    const noted = [...this.#noted].sort(([a], [b]) => (a < b ? -1 : 1));
    this.#noted = new Map();
    await this.database
      .query(WRITE, [
        noted.map(([device]) => device),
        noted.map(([, { at }]) => at),
        noted.map(([, { door }]) => door),
      ])
      .catch(() => undefined);
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.write();
  }
}

const WRITE = `
  insert into device_seen as held (device, seen_at, door)
  select d.id, to_timestamp(seen.at / 1000), seen.door
    from unnest($1::uuid[], $2::float8[], $3::text[]) as seen(device, at, door)
    join device d on d.id = seen.device
  on conflict (device) do update set seen_at = excluded.seen_at, door = excluded.door
   where held.seen_at <= excluded.seen_at`;
