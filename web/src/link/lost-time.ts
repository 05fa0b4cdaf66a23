/** So much a clock may be nudged within a look without anybody having slept. */
const NUDGE_MS = 1500;

/**
 * Time that the monotonic clock did not count: a machine that sleeps stops it. What the PC's clock says is never
 * believed, only that it leapt against the other one; a clock that somebody sets looks the same and costs one doubt.
 */
export class LostTime {
  readonly #wall: () => number;
  #offset = NaN;

  constructor(wall: () => number = () => Date.now()) {
    this.#wall = wall;
  }

  /** Whether the clocks have come apart since the last look. `now`: monotonic ms. */
  look(now: number): boolean {
    const offset = this.#wall() - now;
    const isApart = Math.abs(offset - this.#offset) > NUDGE_MS;
    this.#offset = offset;
    return isApart;
  }
}
