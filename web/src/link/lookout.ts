import { serverClock } from '../ui/server-clock.js';
import { type CaughtUp, type Changed, Freshness, LOOK_MS, type Sight } from './freshness.js';
import { LostTime } from './lost-time.js';

const PROBE_AFTER_MS = 8000;

export interface LookoutOptions {
  /** `provenAt`: the last moment at which the picture was proven, by the server's clock (ms). */
  readonly sight: (sight: Sight, provenAt: number | null) => void;
  /** Nothing was proven for a while: whether anybody is at the other end should be asked. */
  readonly probe: () => void;
  /** The PC's clock: only its leaps are heeded. */
  readonly wall?: (() => number) | undefined;
}

/** Watches, ten times a second, whether what is shown is proven, and says when it is no longer. */
export class Lookout {
  readonly #freshness = new Freshness();
  readonly #options: LookoutOptions;
  readonly #lostTime: LostTime;
  #looking: ReturnType<typeof setInterval> | undefined;
  #probedAt = 0;

  constructor(options: LookoutOptions) {
    this.#options = options;
    this.#lostTime = new LostTime(options.wall);
  }

  get isOn(): boolean {
    return this.#looking !== undefined;
  }

  start(): void {
    this.#looking ??= setInterval(() => this.look(), LOOK_MS);
    this.look();
  }

  stop(): void {
    clearInterval(this.#looking);
    this.#looking = undefined;
  }

  received(changed: readonly Changed[], whole: boolean): void {
    this.#freshness.received(changed, whole);
  }

  /** A pulse has proven the picture for a moment of the server; answers what was caught up. */
  proven(at: number): CaughtUp | undefined {
    const lagMs = Math.max(0, serverClock.now() - at);
    const caughtUp = this.#freshness.proven(at, performance.now(), lagMs);
    this.#options.sight(this.#freshness.sight, this.#freshness.provenAt);
    return caughtUp;
  }

  look(): void {
    const now = performance.now();
    const hasLostTime = this.#lostTime.look(now);
    // The machine slept, or somebody set its clock: ages are unknown until the server speaks.
    if (hasLostTime) serverClock.doubt();
    const isNews = hasLostTime ? this.#freshness.doubt() : this.#freshness.look(now);
    if (isNews) this.#options.sight(this.#freshness.sight, this.#freshness.provenAt);
    const isSilent =
      this.#freshness.unprovenMs(now) > PROBE_AFTER_MS && now - this.#probedAt > PROBE_AFTER_MS;
    if (isSilent || (hasLostTime && isNews)) this.ask();
  }

  /** Asks the other end now, when nothing is proven. */
  ask(): void {
    if (this.#freshness.sight.state === 'live') return;
    this.#probedAt = performance.now();
    this.#options.probe();
  }
}
