// The working half of the live lane on a screen; it runs in a worker. In: frames, rosters, how teams look, what is
// seen. Out: ticks, ready for the GPU. Never: the DOM, the store, the network, or a clock that may be set.
import { FrameDecoder, type FrameResult, type Roster } from '@app/shared';
import { FleetColumns } from './fleet-columns.js';
import { FleetTick, type Seen, type TickHead } from './fleet-tick.js';
import { TeamLooks, type TeamLook } from './team-looks.js';

const LONGEST_STEP_MS = 3000;
const SHORTEST_STEP_MS = 200;

export type FleetOrder =
  | { readonly order: 'scope'; readonly scope: string }
  /** `serial`: which of the rosters of this screen it is; ticks name it. */
  | { readonly order: 'roster'; readonly roster: Roster; readonly serial: number }
  | { readonly order: 'frame'; readonly bytes: Uint8Array; readonly now: number }
  | {
      readonly order: 'teams';
      readonly whole: boolean;
      readonly put: readonly TeamLook[];
      readonly gone: readonly string[];
    }
  | { readonly order: 'only'; readonly only: readonly string[] | null }
  | { readonly order: 'seen'; readonly seen: Seen }
  /** Time passes, also when no frame comes. `now`, here and there: the server's time, ms; positions grow old by it. */
  | { readonly order: 'now'; readonly now: number }
  /** A buffer that is no longer shown. */
  | { readonly order: 'spent'; readonly buffer: ArrayBuffer };

export interface FleetNews {
  /** What became of a frame; missing where no frame was. */
  readonly result?: FrameResult;
  /** Missing when nothing is shown otherwise than before. */
  readonly tick?: { readonly head: TickHead; readonly buffer: ArrayBuffer; readonly serial: number };
  /** How long the step takes that this tick begins; missing when it begins none. */
  readonly stepMs?: number;
}

/** Takes orders one by one; each may have news. Times of steps are monotonic ms. */
export class FleetCore {
  readonly #monotonic: () => number;
  #decoder = new FrameDecoder('');
  readonly #looks = new TeamLooks();
  readonly #columns = new FleetColumns();
  readonly #spare: ArrayBuffer[] = [];
  #fromLng = new Float64Array(0);
  #fromLat = new Float64Array(0);
  #wasPresent = new Uint8Array(0);
  #seen: Seen | null = null;
  #now = NaN;
  #serial = 0;
  #steppedAt = 0;
  #stepMs = 1000;

  constructor(monotonic: () => number = () => performance.now()) {
    this.#monotonic = monotonic;
  }

  take(order: FleetOrder): FleetNews | undefined {
    switch (order.order) {
      case 'scope':
        this.#decoder = new FrameDecoder(order.scope);
        this.#looks.useSlots([]);
        return undefined;
      case 'roster':
        this.#serial = order.serial;
        this.#decoder.useRoster(order.roster);
        this.#looks.useSlots(order.roster.slots);
        return this.#told();
      case 'frame':
        this.#now = order.now;
        return this.#frame(order.bytes);
      case 'teams':
        if (order.whole) this.#looks.clear();
        this.#looks.put(order.put, order.gone);
        return this.#told();
      case 'only':
        this.#looks.show(order.only && new Set(order.only));
        return this.#told();
      case 'seen':
        this.#seen = order.seen;
        return this.#told();
      case 'now':
        this.#now = order.now;
        return this.#told();
      case 'spent':
        this.#spare.push(order.buffer);
        return undefined;
    }
  }

  #frame(bytes: Uint8Array): FleetNews {
    const now = this.#monotonic();
    const decoder = this.#decoder;
    this.#holdShown(now);
    if (this.#wasPresent.length < decoder.present.length)
      this.#wasPresent = new Uint8Array(decoder.present.length);
    this.#wasPresent.set(decoder.present);
    const result = decoder.apply(bytes);
    if (result !== 'ok') return { result };
    this.#grow();
    for (let slot = 0; slot < decoder.count; slot++) {
      if (this.#wasPresent[slot] === 1) continue;
      this.#fromLng[slot] = decoder.lng[slot] ?? NaN;
      this.#fromLat[slot] = decoder.lat[slot] ?? NaN;
    }
    this.#stepMs = Math.min(LONGEST_STEP_MS, Math.max(SHORTEST_STEP_MS, now - this.#steppedAt));
    this.#steppedAt = now;
    return { result, stepMs: this.#stepMs, ...this.#told() };
  }

  #told(): FleetNews {
    const decoder = this.#decoder;
    this.#grow();
    const tick = new FleetTick(this.#buffer(decoder.count));
    const [fromLng, fromLat, looks] = [this.#fromLng, this.#fromLat, this.#looks];
    this.#columns.write({ decoder, fromLng, fromLat, looks, seen: this.#seen, now: this.#now }, tick);
    return { tick: { head: tick.head, buffer: tick.buffer, serial: this.#serial } };
  }

  /** One that came back and is large enough; those that are too small go. */
  #buffer(slots: number): ArrayBuffer {
    for (let spare = this.#spare.pop(); spare; spare = this.#spare.pop())
      if (FleetTick.capacityOf(spare) >= slots) return spare;
    return FleetTick.room(slots);
  }

  /** Before the next step each team starts where it is being shown, so that no marker leaps back. */
  #holdShown(now: number): void {
    const decoder = this.#decoder;
    const [fromLng, fromLat] = [this.#fromLng, this.#fromLat];
    const done = Math.min(1, Math.max(0, (now - this.#steppedAt) / this.#stepMs));
    for (let slot = 0; slot < decoder.count; slot++) {
      const lng = fromLng[slot] ?? NaN;
      const lat = fromLat[slot] ?? NaN;
      fromLng[slot] = lng + ((decoder.lng[slot] ?? NaN) - lng) * done;
      fromLat[slot] = lat + ((decoder.lat[slot] ?? NaN) - lat) * done;
    }
  }

  #grow(): void {
    const { length } = this.#decoder.present;
    if (length <= this.#fromLng.length) return;
    const [lng, lat] = [new Float64Array(length).fill(NaN), new Float64Array(length).fill(NaN)];
    lng.set(this.#fromLng);
    lat.set(this.#fromLat);
    this.#fromLng = lng;
    this.#fromLat = lat;
  }
}
