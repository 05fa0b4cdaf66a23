const KEPT = 60;

/**
 * The server's time as this screen knows it. Every sample is late by its way here and by up to a second of waiting
 * for a confirmation, never early, so the greatest offset of the last minute is the best one. The PC's own clock is
 * never asked: `performance.now()` only counts what has passed since.
 */
export class ServerClock {
  readonly #offsets: number[] = [];
  readonly #monotonic: () => number;

  constructor(monotonic: () => number = () => performance.now()) {
    this.#monotonic = monotonic;
  }

  /** Takes a time that the server has just told, ms since 1970. */
  hear(at: number): void {
    if (!Number.isFinite(at)) return;
    this.#offsets.push(at - this.#monotonic());
    if (this.#offsets.length > KEPT) this.#offsets.shift();
  }

  /** Time has passed that the monotonic clock did not count: what was known is void until a server is heard. */
  doubt(): void {
    this.#offsets.length = 0;
  }

  /** Ms since 1970, or NaN as long as no server was heard. */
  now(): number {
    return this.#offsets.length === 0 ? NaN : Math.max(...this.#offsets) + this.#monotonic();
  }
}

export const serverClock = new ServerClock();
