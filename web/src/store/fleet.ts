import type { FrameResult, Roster } from '@app/shared';
import { serverClock } from '../ui/server-clock.js';
import type { FleetNews, FleetOrder } from './fleet-core.js';
import { type FleetPort, type FleetPortEnd, openLocalPort, openWorkerPort } from './fleet-port.js';
import { FleetTick, type Seen } from './fleet-tick.js';
import { TeamPicker } from './team-picker.js';
import type { TeamLook } from './team-looks.js';

/** Where a team was when it last said so; `observedAt` in ms. */
export interface TeamPlace {
  readonly lng: number;
  readonly lat: number;
  readonly observedAt: number;
}

/** What changed of how teams look; `whole`: these and no others. */
export interface LooksChange {
  readonly whole: boolean;
  readonly put: readonly TeamLook[];
  readonly gone: readonly string[];
}

export interface FleetOptions {
  /** Anything but `ok` wants a keyframe. */
  readonly onFrame?: (result: FrameResult) => void;
  readonly monotonic?: () => number;
}

/**
 * Where the teams of one scope are, outside of React. Frames go to a worker as they come; it answers with a tick that
 * the map draws from, and that tells places. Where no worker can be had the same work is done here.
 */
export class Fleet implements FleetPortEnd {
  /** What is shown; undefined before the first word of the core. It is replaced with every tick: do not keep it. */
  tick: FleetTick | undefined;
  /** Rises with each tick. */
  ticks = 0;
  stepMs = 1000;
  readonly #scope: string;
  readonly #onFrame: (result: FrameResult) => void;
  readonly #monotonic: () => number;
  readonly #listeners = new Set<() => void>();
  readonly #rosters = new Map<number, readonly (string | null)[]>();
  readonly #slotOf = new Map<string, number>();
  readonly #picker = new TeamPicker();
  #port: FleetPort | undefined;
  #serial = 0;
  #shownSerial = 0;
  #steppedAt = -Infinity;
  // What a core must be told again when it had to be replaced.
  #roster: Roster | undefined;
  readonly #looks = new Map<string, TeamLook>();
  #only: readonly string[] | null = null;
  #seen: Seen | undefined;

  constructor(
    scope: string,
    { onFrame = () => undefined, monotonic = () => performance.now() }: FleetOptions = {},
  ) {
    this.#scope = scope;
    this.#onFrame = onFrame;
    this.#monotonic = monotonic;
  }

  open(openPort: (end: FleetPortEnd) => FleetPort | undefined = openWorkerPort): void {
    this.#port = openPort(this) ?? openLocalPort(this, this.#monotonic);
    this.#tellAll();
  }

  close(): void {
    this.#port?.close();
    this.#port = undefined;
  }

  useRoster(roster: Roster): void {
    this.#roster = roster;
    this.#serial += 1;
    this.#rosters.set(this.#serial, roster.slots);
    this.#post({ order: 'roster', roster, serial: this.#serial });
  }

  /** Takes a frame; its bytes are no longer the caller's. */
  apply(bytes: Uint8Array<ArrayBuffer>): void {
    this.#post({ order: 'frame', bytes, now: serverClock.now() }, [bytes.buffer]);
  }

  useLooks(change: LooksChange): void {
    if (change.whole) this.#looks.clear();
    for (const look of change.put) this.#looks.set(look.id, look);
    for (const id of change.gone) this.#looks.delete(id);
    this.#post({ order: 'teams', ...change });
  }

  /** Draws only these, or all. */
  show(only: ReadonlySet<string> | undefined): void {
    this.#only = only ? [...only] : null;
    this.#post({ order: 'only', only: this.#only });
  }

  /** What is seen narrows what is drawn and named; places are told of all. */
  look(seen: Seen): void {
    this.#seen = seen;
    this.#post({ order: 'seen', seen });
  }

  /** Lets positions grow old when no frame comes. */
  age(): void {
    this.#post({ order: 'now', now: serverClock.now() });
  }

  heard({ result, tick, stepMs }: FleetNews): void {
    if (tick) this.#take(tick);
    if (stepMs !== undefined) {
      this.stepMs = stepMs;
      this.#steppedAt = this.#monotonic();
    }
    if (tick) for (const listener of this.#listeners) listener();
    if (result && result !== 'ok') this.#onFrame(result);
  }

  lost(): void {
    if (!this.#port) return;
    this.#port.close();
    this.#port = openLocalPort(this, this.#monotonic);
    this.#tellAll();
    this.#onFrame('gap');
  }

  /** How much of the step is done, 0 to 1. */
  progress(now: number = this.#monotonic()): number {
    return Math.min(1, Math.max(0, (now - this.#steppedAt) / this.stepMs));
  }

  teamOf(slot: number): string | undefined {
    return this.#rosters.get(this.#shownSerial)?.[slot] ?? undefined;
  }

  place(team: string): TeamPlace | undefined {
    const slot = this.#slotOf.get(team);
    const { tick } = this;
    if (slot === undefined || !tick || slot >= tick.head.slots) return undefined;
    const observedAt = tick.observedAt[slot] ?? 0;
    if (observedAt === 0) return undefined;
    return { lng: tick.lng[slot] ?? NaN, lat: tick.lat[slot] ?? NaN, observedAt };
  }

  /** Last known places of some teams, or of all. */
  places(only: Iterable<string> = this.#slotOf.keys()): Map<string, TeamPlace> {
    const places = new Map<string, TeamPlace>();
    for (const team of only) {
      const place = this.place(team);
      if (place) places.set(team, place);
    }
    return places;
  }

  /** The team that is shown nearest to a place within a distance, both in mercator. */
  pick(x: number, y: number, within: number): string | undefined {
    const { tick } = this;
    const row = tick ? this.#picker.pick({ tick, done: this.progress() }, [x, y, within]) : -1;
    return row < 0 ? undefined : this.teamOf(tick?.drawnSlots[row] ?? -1);
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #take({ head, buffer, serial }: NonNullable<FleetNews['tick']>): void {
    const spent = this.tick?.buffer;
    const tick = new FleetTick(buffer);
    Object.assign(tick.head, head);
    this.tick = tick;
    this.ticks += 1;
    if (serial !== this.#shownSerial) this.#useSerial(serial);
    if (spent) this.#post({ order: 'spent', buffer: spent }, [spent]);
  }

  /** Slots mean what they meant to the core when it wrote the tick. */
  #useSerial(serial: number): void {
    this.#shownSerial = serial;
    for (const old of this.#rosters.keys()) if (old < serial) this.#rosters.delete(old);
    this.#slotOf.clear();
    for (const [slot, team] of (this.#rosters.get(serial) ?? []).entries())
      if (team !== null) this.#slotOf.set(team, slot);
  }

  #tellAll(): void {
    this.#post({ order: 'scope', scope: this.#scope });
    if (this.#seen) this.#post({ order: 'seen', seen: this.#seen });
    this.#post({ order: 'only', only: this.#only });
    this.#post({ order: 'teams', whole: true, put: [...this.#looks.values()], gone: [] });
    if (this.#roster) this.#post({ order: 'roster', roster: this.#roster, serial: this.#serial });
  }

  #post(order: FleetOrder, transfer?: ArrayBuffer[]): void {
    this.#port?.post(order, transfer);
  }
}
