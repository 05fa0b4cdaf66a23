import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { CentreId, Datum, Id, TeamId } from '@app/shared';
import { Database } from '../platform/database.js';
import { causeOf, Log } from '../platform/log.js';

/** A device in use, with its team's home. */
export interface KnownDevice {
  readonly id: Id;
  readonly number: number;
  readonly externalId: string | null;
  readonly team: TeamId;
  readonly centre: CentreId;
  readonly datum: Datum;
  /** The number that it speaks JT/T 808 by. */
  readonly terminal: string | null;
  /** Whether it is a crew's own handheld, which whoever has signed in there speaks for. */
  readonly isHandheld: boolean;
  /** The newest connection that spoke for it, a UUIDv7. */
  readonly link: Id | null;
}

interface ChangedDevice extends KnownDevice {
  readonly isInUse: boolean;
  readonly changedAt: Date;
}

const POLL_MS = 1_000;
/** A change is asked for again for so long: its transaction may have committed later than a younger one. */
const OVERLAP_MS = 30_000;
/** Between two questions that unknown names make us ask. */
const ASK_MS = 200;

/**
 * Every device in use, in memory: positions are looked up here and never in PostgreSQL. Each process asks every second
 * which ones changed; a name that is not there makes it ask at once.
 */
@Injectable()
export class DeviceBook implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #byId = new Map<string, KnownDevice>();
  readonly #byExternalId = new Map<string, KnownDevice>();
  readonly #byNumber = new Map<number, KnownDevice>();
  readonly #byTerminal = new Map<string, KnownDevice>();
  #changed: (device: KnownDevice) => void = () => undefined;
  #changedAt = 0;
  #askedAt = -Infinity;
  #asking: Promise<void> | undefined;
  #waiting: Promise<void> | undefined;
  #isDown = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly log: Log,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.#read();
    this.#timer = setInterval(() => void this.refresh(), POLL_MS);
  }

  get size(): number {
    return this.#byId.size;
  }

  /** By our id, else by the name its own system has for it. */
  find(device: string): KnownDevice | undefined {
    return this.#byId.get(device) ?? this.#byExternalId.get(device);
  }

  findNumber(number: number): KnownDevice | undefined {
    return this.#byNumber.get(number);
  }

  /** By the number of a JT/T 808 terminal, without leading zeros. */
  findTerminal(terminal: string): KnownDevice | undefined {
    return this.#byTerminal.get(terminal);
  }

  /** Calls `listener` with each terminal that changed, such as one that speaks over another connection now. */
  onChanged(listener: (device: KnownDevice) => void): void {
    this.#changed = listener;
  }

  all(): IterableIterator<KnownDevice> {
    return this.#byId.values();
  }

  /**
   * Asks PostgreSQL what changed, because a name was not found: whoever was registered before the call is known after
   * it. Asked at most five times a second; until then all who ask wait together.
   */
  async refreshForUnknown(): Promise<void> {
    this.#waiting ??= pause(Math.max(0, this.#askedAt + ASK_MS - performance.now()))
      .then(() => this.#asking)
      .then(() => {
        this.#waiting = undefined;
        return this.refresh();
      });
    await this.#waiting;
  }

  /** Brings the book up to date; calls at the same time share one question. A lost database leaves it as it is. */
  refresh(): Promise<void> {
    this.#asking ??= this.#read()
      .then(() => this.#tellState(false))
      .catch((error: unknown) => this.#tellState(true, error))
      .finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  async #read(): Promise<void> {
    this.#askedAt = performance.now();
    const rows = await this.database.query<ChangedDevice>(SELECT_CHANGED, [
      new Date(Math.max(0, this.#changedAt - OVERLAP_MS)),
    ]);
    for (const { isInUse, changedAt, ...device } of rows) {
      this.#changedAt = Math.max(this.#changedAt, changedAt.getTime());
      this.#remove(device.id);
      if (isInUse) this.#add(device);
      if (device.link !== null) this.#changed(device);
    }
  }

  #add(device: KnownDevice): void {
    this.#byId.set(device.id, device);
    this.#byNumber.set(device.number, device);
    if (device.externalId !== null) this.#byExternalId.set(device.externalId, device);
    if (device.terminal !== null) this.#byTerminal.set(device.terminal, device);
  }

  #remove(id: string): void {
    const held = this.#byId.get(id);
    if (!held) return;
    this.#byId.delete(id);
    this.#byNumber.delete(held.number);
    if (held.externalId !== null && this.#byExternalId.get(held.externalId) === held)
      this.#byExternalId.delete(held.externalId);
    if (held.terminal !== null && this.#byTerminal.get(held.terminal) === held)
      this.#byTerminal.delete(held.terminal);
  }

  #tellState(isDown: boolean, error?: unknown): void {
    if (isDown === this.#isDown) return;
    this.#isDown = isDown;
    if (isDown) this.log.warn('devices.unconfirmed', { error: causeOf(error).error });
    else this.log.info('devices.confirmed', { devices: this.size });
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
  }
}

// In the order of change, so that a name that went from one device to another ends at the right one.
const SELECT_CHANGED = `
  select d.id, d.number, d.external_id as "externalId", d.team, t.centre, d.datum, d.terminal, d.link, d.handheld is not null as "isHandheld",
         d.revoked_at is null as "isInUse", d.changed_at as "changedAt"
    from device d join team t on t.id = d.team
   where d.changed_at >= $1
   order by d.changed_at, (d.revoked_at is null)`;
