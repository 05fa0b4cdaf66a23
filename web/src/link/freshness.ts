/** Without proof for 3 s a screen says that it is blind; it looks every 100 ms, so it must not wait for all of them. */
const BLIND_AFTER_MS = 2900;
export const LOOK_MS = 100;
/** What was held up comes in a burst: it is over when a pulse is no older than pulses are apart, or at the latest. */
const BURST_MS = 500;
const LONGEST_BURST_MS = 5000;
const CURRENT_MS = 1200;

/** Something of the picture that an entry, or a snapshot, has changed. */
export interface Changed {
  readonly kind: string;
  readonly id: string;
}

/** What came back with the light: entries caught up meanwhile, and for how long nothing was proven. */
export interface CaughtUp {
  readonly entries: number;
  /** By the server's clock: a machine that slept has not counted it. */
  readonly blindMs: number;
  /** Everything was fetched anew: entries are not known, only what differs from what was shown before. */
  readonly whole: boolean;
  /** What they were about, oldest first; no more than a person would read. */
  readonly missed: readonly Changed[];
}

const MOST_MISSED = 1000;

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
  #missed: Changed[] = [];
  #whole = false;
  /** Back, but what was held up may still be coming: since when it was blind, until when (server's clock), seen when. */
  #returning: { readonly since: number; readonly until: number; readonly at: number } | undefined;

  /**
   * A pulse that matched picture and cursor. `lagMs`: how old its proof was already when it came; one that was held
   * up on its way proves nothing about now. After a blind time a later pulse answers what was caught up: what was
   * held up comes in one burst, entries among pulses.
   */
  proven(at: number, now: number, lagMs = 0): CaughtUp | undefined {
    if (lagMs > BLIND_AFTER_MS) return undefined;
    // A page that was frozen may hear before it looks.
    this.look(now - lagMs);
    // Blind again before anything was told: one blindness.
    if (this.sight.state === 'blind')
      this.#returning = { since: this.#returning?.since ?? this.sight.since, until: at + lagMs, at: now };
    this.sight = { state: 'live' };
    this.provenAt = at;
    this.#lastProof = now - lagMs;
    if (this.#returning && isBurst(now - this.#returning.at, lagMs)) return undefined;
    const blindMs = this.#returning ? this.#returning.until - this.#returning.since : 0;
    const caughtUp = { entries: this.#entries, blindMs, whole: this.#whole, missed: this.#missed };
    this.#returning = undefined;
    this.#entries = 0;
    this.#missed = [];
    this.#whole = false;
    // A doubt that was unfounded is nothing to speak of.
    return blindMs > BLIND_AFTER_MS ? caughtUp : undefined;
  }

  /** What changed since the last proof; `whole` when a snapshot replaced everything. */
  received(changed: readonly Changed[], whole: boolean): void {
    this.#entries += changed.length;
    this.#missed = [...this.#missed, ...changed].slice(-MOST_MISSED);
    this.#whole ||= whole;
  }

  /** Time may have passed that nobody counted: nothing is proven until the next proof. True when this is news. */
  doubt(): boolean {
    if (this.sight.state !== 'live') return false;
    this.#goBlind();
    return true;
  }

  /** Looks at the time; true when the screen has just gone blind. */
  look(now: number): boolean {
    if (this.sight.state !== 'live' || now - this.#lastProof <= BLIND_AFTER_MS) return false;
    this.#goBlind();
    return true;
  }

  /** Monotonic ms since the last proof; NaN before the first. */
  unprovenMs(now: number): number {
    return now - this.#lastProof;
  }

  #goBlind(): void {
    this.sight = { state: 'blind', since: this.provenAt ?? NaN };
  }
}

const isBurst = (sinceMs: number, lagMs: number): boolean =>
  sinceMs < BURST_MS || (lagMs > CURRENT_MS && sinceMs < LONGEST_BURST_MS);
