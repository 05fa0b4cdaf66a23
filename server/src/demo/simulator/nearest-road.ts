import { type LngLat, localMetres, type LocalMetres } from '@app/shared';
import type { RoadGraph } from './road-graph.js';

/** A place on the roads: so many metres from one node towards its neighbour. */
export interface RoadSpot {
  readonly from: number;
  readonly to: number;
  readonly alongM: number;
  readonly road: number;
  /** How far the asked place lies from here. */
  readonly offM: number;
}

const CELL_M = 400;

/** Finds the road nearest to a place: stretches sorted into square cells, searched ring by ring. */
export class NearestRoad {
  readonly #flat: LocalMetres;
  readonly #cells = new Map<string, [from: number, arc: number][]>();
  #reach = 0;

  constructor(private readonly graph: RoadGraph) {
    this.#flat = localMetres(graph.places[0] ?? [0, 0]);
    for (let from = 0; from < graph.arcs.length; from++)
      graph.arcs[from]?.forEach((arc, index) => {
        if (from < arc.to) this.#sort(from, arc.to, index);
      });
  }

  /** @throws RangeError when there are no roads */
  at(place: LngLat): RoadSpot {
    const [x, y] = this.#flat.toMetres(place);
    const [column, row] = [Math.floor(x / CELL_M), Math.floor(y / CELL_M)];
    const last = this.#reach + Math.max(Math.abs(column), Math.abs(row));
    let best: RoadSpot | undefined;
    for (let ring = 0; ring <= last; ring++) {
      // Whatever lies in this ring of cells is at least so far away.
      if (best && best.offM <= (ring - 1) * CELL_M) break;
      for (const [from, arc] of this.#ringOf(column, row, ring)) {
        const spot = this.#project(from, arc, x, y);
        if (spot && (!best || spot.offM < best.offM)) best = spot;
      }
    }
    if (!best) throw new RangeError('nearest road: at least one road wanted, none seen');
    return best;
  }

  #sort(from: number, to: number, index: number): void {
    const [ax, ay] = this.#flat.toMetres(this.graph.places[from] ?? [0, 0]);
    const [bx, by] = this.#flat.toMetres(this.graph.places[to] ?? [0, 0]);
    const cell = (metres: number) => Math.floor(metres / CELL_M);
    for (let column = cell(Math.min(ax, bx)); column <= cell(Math.max(ax, bx)); column++)
      for (let row = cell(Math.min(ay, by)); row <= cell(Math.max(ay, by)); row++) {
        const key = `${column},${row}`;
        const list = this.#cells.get(key) ?? [];
        list.push([from, index]);
        this.#cells.set(key, list);
        this.#reach = Math.max(this.#reach, Math.abs(column), Math.abs(row));
      }
  }

  *#ringOf(column: number, row: number, ring: number): Generator<[number, number]> {
    for (let x = -ring; x <= ring; x++) {
      const isSide = Math.abs(x) === ring;
      for (let y = -ring; y <= ring; y += isSide || ring === 0 ? 1 : 2 * ring)
        yield* this.#cells.get(`${column + x},${row + y}`) ?? [];
    }
  }

  #project(from: number, index: number, x: number, y: number): RoadSpot | undefined {
    const arc = this.graph.arcs[from]?.[index];
    if (!arc) return undefined;
    const [ax, ay] = this.#flat.toMetres(this.graph.places[from] ?? [0, 0]);
    const [bx, by] = this.#flat.toMetres(this.graph.places[arc.to] ?? [0, 0]);
    const [dx, dy] = [bx - ax, by - ay];
    const part = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
    const offM = Math.hypot(x - ax - part * dx, y - ay - part * dy);
    return { from, to: arc.to, alongM: part * arc.lengthM, road: arc.road, offM };
  }
}
