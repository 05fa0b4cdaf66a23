import { FrameDecoder, type FrameResult, type Roster } from '@app/shared';

/** A position older than this is drawn grey and carries its age. */
export const STALE_POSITION_MS = 60_000;
const LONGEST_STEP_MS = 3000;

/**
 * Where the teams of one scope are, in columns by slot, outside of React: frames move it once per tick, the map
 * draws from where each team was shown (`fromLng`, `fromLat`) to where it now is. Times of steps are monotonic ms.
 */
export class Fleet {
  readonly decoder: FrameDecoder;
  fromLng = new Float64Array(0);
  fromLat = new Float64Array(0);
  /** Rises with every roster: what was worked out by slot before is void. */
  rosters = 0;
  /** When the last frame came, and how long the step to it takes: the time since the frame before. */
  steppedAt = 0;
  stepMs = 1000;
  readonly #listeners = new Set<() => void>();
  readonly #monotonic: () => number;

  constructor(scope: string, monotonic: () => number = () => performance.now()) {
    this.decoder = new FrameDecoder(scope);
    this.#monotonic = monotonic;
  }

  useRoster(roster: Roster): void {
    this.decoder.useRoster(roster);
    this.rosters += 1;
    this.#grow();
    this.#tell();
  }

  /** Takes a frame; anything but `ok` wants a keyframe. */
  apply(bytes: Uint8Array): FrameResult {
    const now = this.#monotonic();
    const { decoder } = this;
    const wasPresent = decoder.present.slice(0, decoder.count);
    this.#holdShown(now);
    const result = decoder.apply(bytes);
    this.#grow();
    if (result !== 'ok') return result;
    for (let slot = 0; slot < decoder.count; slot++) {
      if (wasPresent[slot] === 1) continue;
      this.fromLng[slot] = decoder.lng[slot] ?? NaN;
      this.fromLat[slot] = decoder.lat[slot] ?? NaN;
    }
    this.stepMs = Math.min(LONGEST_STEP_MS, Math.max(200, now - this.steppedAt));
    this.steppedAt = now;
    this.#tell();
    return 'ok';
  }

  /** How much of the step is done, 0 to 1. */
  progress(now: number = this.#monotonic()): number {
    return Math.min(1, Math.max(0, (now - this.steppedAt) / this.stepMs));
  }

  /** Slots with a team and a fix. */
  *slots(): Iterable<{ readonly slot: number; readonly team: string }> {
    const { decoder } = this;
    for (let slot = 0; slot < decoder.count; slot++) {
      const team = decoder.present[slot] === 1 ? decoder.teamOf(slot) : undefined;
      if (team !== undefined) yield { slot, team };
    }
  }

  /** Last known places of some teams, or of all, with the fix's time in ms. */
  places(
    only?: ReadonlySet<string>,
  ): Map<string, { readonly lng: number; readonly lat: number; readonly observedAt: number }> {
    const { lng, lat, observedAt } = this.decoder;
    const places = new Map<string, { lng: number; lat: number; observedAt: number }>();
    for (const { slot, team } of this.slots())
      if (!only || only.has(team))
        places.set(team, {
          lng: lng[slot] ?? NaN,
          lat: lat[slot] ?? NaN,
          observedAt: observedAt[slot] ?? NaN,
        });
    return places;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Before the next step each team starts where it is being shown, so that no marker leaps back. */
  #holdShown(now: number): void {
    const { decoder, fromLng, fromLat } = this;
    const done = this.progress(now);
    for (let slot = 0; slot < decoder.count; slot++) {
      const lng = fromLng[slot] ?? NaN;
      const lat = fromLat[slot] ?? NaN;
      fromLng[slot] = lng + ((decoder.lng[slot] ?? NaN) - lng) * done;
      fromLat[slot] = lat + ((decoder.lat[slot] ?? NaN) - lat) * done;
    }
  }

  #grow(): void {
    const { length } = this.decoder.present;
    if (length <= this.fromLng.length) return;
    const [lng, lat] = [new Float64Array(length).fill(NaN), new Float64Array(length).fill(NaN)];
    lng.set(this.fromLng);
    lat.set(this.fromLat);
    this.fromLng = lng;
    this.fromLat = lat;
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
