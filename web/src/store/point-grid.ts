/** West, south, east, north in whatever the points are counted in. */
export type GridBox = readonly [number, number, number, number];

/**
 * Points sorted into the cells of a grid by counting: what lies in a box is a few stretches of `order`, one for each
 * row of cells, and what lies near a place is found in some cells around it.
 */
export class PointGrid {
  /** Indices of the points, cell by cell, row by row. */
  readonly order: Int32Array;
  readonly #starts: Int32Array;
  readonly #side: number;
  readonly #west: number;
  readonly #south: number;
  readonly #east: number;
  readonly #north: number;
  readonly #cellX: number;
  readonly #cellY: number;

  /** About `perCell` points in a cell; columns longer than `count` are read up to there. */
  constructor(
    readonly x: ArrayLike<number>,
    readonly y: ArrayLike<number>,
    readonly count: number,
    perCell = 8,
  ) {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < count; i++) {
      const [px, py] = [x[i] ?? NaN, y[i] ?? NaN];
      if (px < west) west = px;
      if (px > east) east = px;
      if (py < south) south = py;
      if (py > north) north = py;
    }
    this.#side = Math.max(1, Math.min(512, Math.ceil(Math.sqrt(count / perCell))));
    this.#west = count === 0 ? 0 : west;
    this.#south = count === 0 ? 0 : south;
    this.#east = east;
    this.#north = north;
    this.#cellX = Math.max(Number.EPSILON, (east - west) / this.#side || 1);
    this.#cellY = Math.max(Number.EPSILON, (north - south) / this.#side || 1);
    this.#starts = new Int32Array(this.#side * this.#side + 1);
    this.order = new Int32Array(count);
    this.#sort();
  }

  /** Stretches of `order`, from and to, whose cells touch a box. */
  *within([west, south, east, north]: GridBox): Iterable<readonly [number, number]> {
    const [low, high] = [this.#rowOf(south), this.#rowOf(north)];
    const [left, right] = [this.#columnOf(west), this.#columnOf(east)];
    const isOutside = east < this.#west || north < this.#south || west > this.#east || south > this.#north;
    if (isOutside) return;
    for (let row = low; row <= high; row++) {
      const from = this.#starts[row * this.#side + left] ?? 0;
      const to = this.#starts[row * this.#side + right + 1] ?? 0;
      if (to > from) yield [from, to];
    }
  }

  /** The point nearest to a place within a distance, or −1; `accept` may refuse some. */
  nearest(x: number, y: number, within: number, accept: (index: number) => boolean = () => true): number {
    let [best, found] = [within * within, -1];
    for (const [from, to] of this.within([x - within, y - within, x + within, y + within]))
      for (let at = from; at < to; at++) {
        const index = this.order[at] ?? 0;
        const [dx, dy] = [(this.x[index] ?? NaN) - x, (this.y[index] ?? NaN) - y];
        const away = dx * dx + dy * dy;
        if (!(away <= best) || !accept(index)) continue;
        best = away;
        found = index;
      }
    return found;
  }

  #sort(): void {
    const starts = this.#starts;
    for (let i = 0; i < this.count; i++) {
      const cell = this.#cellOf(i);
      starts[cell + 1] = (starts[cell + 1] ?? 0) + 1;
    }
    for (let cell = 1; cell < starts.length; cell++)
      starts[cell] = (starts[cell] ?? 0) + (starts[cell - 1] ?? 0);
    const next = starts.slice();
    for (let i = 0; i < this.count; i++) {
      const cell = this.#cellOf(i);
      const at = next[cell] ?? 0;
      next[cell] = at + 1;
      this.order[at] = i;
    }
  }

  #cellOf(index: number): number {
    return this.#rowOf(this.y[index] ?? 0) * this.#side + this.#columnOf(this.x[index] ?? 0);
  }

  #columnOf(x: number): number {
    return Math.max(0, Math.min(this.#side - 1, Math.floor((x - this.#west) / this.#cellX)));
  }

  #rowOf(y: number): number {
    return Math.max(0, Math.min(this.#side - 1, Math.floor((y - this.#south) / this.#cellY)));
  }
}
