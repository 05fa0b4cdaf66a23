/** Pulses come each second and carry the number of the last round of frames; so long may it stand still. */
const STILL_AFTER_MS = 2900;

/**
 * Whether positions move. A pulse proves the picture, not where teams are: when servers cannot hear each other they
 * send no frames, and the tick of their pulses stands still. Times are the server's clock (ms).
 */
export class TickWatch {
  #tick: number | undefined;
  #movedAt = NaN;

  /** Takes a pulse's tick; answers since when positions stand still, null while they move. */
  heard(tick: number, at: number): number | null {
    if (tick !== this.#tick) {
      this.#tick = tick;
      this.#movedAt = at;
    }
    return at - this.#movedAt > STILL_AFTER_MS ? this.#movedAt : null;
  }
}
