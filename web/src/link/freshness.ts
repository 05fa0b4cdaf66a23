/** Without proof for 3 s a screen says that it is blind; it looks every 100 ms, so it must not wait for all of them. */
const BLIND_AFTER_MS = 2900;
export const LOOK_MS = 100;
const BURST_MS = 500;

/** What came back with the light: entries caught up meanwhile, and for how long nothing was proven. */
export interface CaughtUp {
  readonly entries: number;
  readonly blindMs: number;
  /** Everything was fetched anew, so that nobody can count what was missed. */
  readonly whole: boolean;
}

export type Sight =
  | { readonly state: 'connecting' }
  | { readonly state: 'live' }
  /** `since`: the last moment that was proven, by the server's clock (ms). */
  | { readonly state: 'blind'; readonly since: number };

/** Whether what a screen shows is proven to be fresh. Times are monotonic ms, `at` is the server's clock. */
export class Freshness {
  sight: Sight = { state: 'connecting' };
  /** The last moment that a pulse proved, by the server's clock (ms). */
  provenAt: number | null = null;
  #lastProof = NaN;
  #entries = 0;
  #whole = false;
  #returning: { readonly blindMs: number; readonly at: number } | undefined;

  /**
   * A pulse that matched picture and cursor. `lagMs`: how old its proof was already when it came; one that was held
   * up on its way proves nothing about now. After a blind time a later pulse answers what was caught up: what was
   * held up comes in one burst, entries among pulses.
   */
  proven(at: number, now: number, lagMs = 0): CaughtUp | undefined {
    if (lagMs > BLIND_AFTER_MS) return undefined;
    if (this.sight.state === 'blind') this.#returning = { blindMs: now - this.#lastProof, at: now };
    this.sight = { state: 'live' };
    this.provenAt = at;
    this.#lastProof = now - lagMs;
    if (this.#returning && now - this.#returning.at < BURST_MS) return undefined;
    const caughtUp = this.#returning && {
      entries: this.#entries,
      blindMs: this.#returning.blindMs,
      whole: this.#whole,
    };
    this.#returning = undefined;
    this.#entries = 0;
    this.#whole = false;
    return caughtUp;
  }

  /** Entries that arrived since the last proof; `whole` when a snapshot replaced everything. */
  received(entries: number, whole: boolean): void {
    this.#entries += entries;
    this.#whole ||= whole;
  }

  /** Looks at the time; true when the screen has just gone blind. */
  look(now: number): boolean {
    if (this.sight.state !== 'live' || now - this.#lastProof <= BLIND_AFTER_MS) return false;
    this.sight = { state: 'blind', since: this.provenAt ?? NaN };
    return true;
  }

  /** Monotonic ms since the last proof; NaN before the first. */
  unprovenMs(now: number): number {
    return now - this.#lastProof;
  }
}
