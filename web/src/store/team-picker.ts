import { FLOATS_PER_TEAM, type FleetTick } from './fleet-tick.js';
import { PointGrid } from './point-grid.js';

/** A tick, and how much of the step to it is done. */
interface Shown {
  readonly tick: FleetTick;
  readonly done: number;
}

/** Finds what lies under a pointer, where it is shown and not where it will be. Nobody points, nothing is sorted. */
export class TeamPicker {
  #x = new Float64Array(0);
  #y = new Float64Array(0);
  #grid: PointGrid | undefined;
  #sorted: Shown | undefined;

  /** The stretch of floats of the team nearest to a place within a distance, in mercator; −1 for none. */
  pick(shown: Shown, [x, y, within]: readonly [number, number, number]): number {
    const isOld = this.#sorted?.tick !== shown.tick || Math.abs(this.#sorted.done - shown.done) > 0.1;
    const grid = !this.#grid || isOld ? this.#sort(shown) : this.#grid;
    return grid.nearest(x, y, within);
  }

  #sort(shown: Shown): PointGrid {
    const { floats, head } = shown.tick;
    const { drawn, originX, originY } = head;
    if (this.#x.length < drawn) {
      this.#x = new Float64Array(2 * drawn);
      this.#y = new Float64Array(2 * drawn);
    }
    for (let row = 0; row < drawn; row++) {
      const at = row * FLOATS_PER_TEAM;
      const [fromX, fromY] = [floats[at] ?? 0, floats[at + 1] ?? 0];
      this.#x[row] = originX + fromX + ((floats[at + 2] ?? 0) - fromX) * shown.done;
      this.#y[row] = originY + fromY + ((floats[at + 3] ?? 0) - fromY) * shown.done;
    }
    this.#sorted = shown;
    this.#grid = new PointGrid(this.#x, this.#y, drawn);
    return this.#grid;
  }
}
