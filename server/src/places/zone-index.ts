import { boxOf, type RingPoints } from './polygon.js';

/** A zone is all its rings: outer rings, holes and further parts alike, read by the even–odd rule. */
export type ZoneRings = readonly RingPoints[];

/** What a cell of the raster says when it is not simply the number of a zone. */
const NOTHING = -1;

/** Fattens edges while they are rastered, in cells: covers the rounding of a lookup at a cell's border. */
const SLACK = 1e-6;

const FLOATS_PER_EDGE = 4;

/**
 * Which zone is a point in? Exact, and the same answer as ray casting over all zones in their order with the tie
 * rule of `contains`: on a tiling every inner point belongs to one zone, where zones overlap the first one wins.
 *
 * The bounding box is a raster of cells. A cell that no border enters holds the answer; any other holds
 * `-2 - offset` into lists of candidates, of which those with a border in the cell are ray-cast.
 */
export class ZoneIndex {
  readonly size: number;
  /** Cells along each side of the raster. */
  readonly side: number;
  private readonly minX: number;
  private readonly minY: number;
  private readonly maxX: number;
  private readonly maxY: number;
  private readonly perX: number;
  private readonly perY: number;
  private readonly cells: Int32Array;
  /** Runs of `count, zone, zone, …`; the last of a run that covers the whole cell is stored as `-1 - zone`. */
  private readonly candidates: Int32Array;
  /** `lowX, lowY, highX, highY` of every edge that is not level, zone after zone. */
  private readonly edges: Float64Array;
  private readonly edgeStart: Int32Array;

  /** @param zones in the order of their numbers; `side` is for tests, it is chosen from the number of zones. */
  constructor(zones: readonly ZoneRings[], side = sideFor(zones.length)) {
    this.size = zones.length;
    this.side = side;
    [this.minX, this.minY, this.maxX, this.maxY] = boxOfAll(zones);
    this.perX = perUnit(side, this.maxX - this.minX);
    this.perY = perUnit(side, this.maxY - this.minY);
    [this.edges, this.edgeStart] = gatherEdges(zones);
    const raster = new Raster(side);
    zones.forEach((rings, zone) => this.draw(raster, rings, zone));
    this.cells = raster.cells;
    this.candidates = raster.settle();
  }

  /** An index over plain rings, one a zone. */
  static ofRings(rings: readonly RingPoints[]): ZoneIndex {
    return new ZoneIndex(rings.map((ring) => [ring]));
  }

  /** Number of the zone at a point, -1 for none (and for NaN). */
  locate(lng: number, lat: number): number {
    if (!(lng >= this.minX && lng <= this.maxX && lat >= this.minY && lat <= this.maxY)) return NOTHING;
    const last = this.side - 1;
    const column = Math.min(last, Math.floor((lng - this.minX) * this.perX));
    const row = Math.min(last, Math.floor((lat - this.minY) * this.perY));
    const cell = this.cells[row * this.side + column] ?? NOTHING;
    return cell >= NOTHING ? cell : this.choose(-2 - cell, lng, lat);
  }

  /** Whether one zone holds a point, by ray casting alone: for "still in the same zone?". */
  holds(zone: number, lng: number, lat: number): boolean {
    const { edges } = this;
    const end = (this.edgeStart[zone + 1] ?? 0) * FLOATS_PER_EDGE;
    let inside = false;
    for (let i = (this.edgeStart[zone] ?? 0) * FLOATS_PER_EDGE; i < end; i += FLOATS_PER_EDGE) {
      const lowY = edges[i + 1] ?? 0;
      const highY = edges[i + 3] ?? 0;
      if (lowY > lat || highY <= lat) continue;
      const lowX = edges[i] ?? 0;
      const highX = edges[i + 2] ?? 0;
      if ((lng - lowX) * (highY - lowY) < (lat - lowY) * (highX - lowX)) inside = !inside;
    }
    return inside;
  }

  private choose(offset: number, lng: number, lat: number): number {
    const end = offset + (this.candidates[offset] ?? 0);
    for (let i = offset + 1; i <= end; i++) {
      const zone = this.candidates[i] ?? 0;
      if (zone < 0) return -1 - zone;
      if (this.holds(zone, lng, lat)) return zone;
    }
    return NOTHING;
  }

  /** Marks the cells that a zone's border enters, and fills those that it covers whole. */
  private draw(raster: Raster, rings: ZoneRings, zone: number): void {
    const [minX, minY, maxX, maxY] = boxOfAll([rings]);
    if (!(minX <= maxX)) return;
    for (const ring of rings) {
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
        const [ax = NaN, ay = NaN] = ring[j] ?? [];
        const [bx = NaN, by = NaN] = ring[i] ?? [];
        raster.mark(this.toCellX(ax), this.toCellY(ay), this.toCellX(bx), this.toCellY(by), zone);
      }
    }
    const [fromColumn, toColumn] = [raster.clamp(this.toCellX(minX)), raster.clamp(this.toCellX(maxX))];
    for (let row = raster.clamp(this.toCellY(minY)); row <= raster.clamp(this.toCellY(maxY)); row++) {
      raster.fill(row, fromColumn, toColumn, zone, this.crossingsAt(row, zone));
    }
  }

  /** Where the border meets the middle of a row, in cells, in order. */
  private crossingsAt(row: number, zone: number): number[] {
    const { edges } = this;
    const middle = this.minY + (row + 0.5) / this.perY;
    const end = (this.edgeStart[zone + 1] ?? 0) * FLOATS_PER_EDGE;
    const found: number[] = [];
    for (let i = (this.edgeStart[zone] ?? 0) * FLOATS_PER_EDGE; i < end; i += FLOATS_PER_EDGE) {
      const lowY = edges[i + 1] ?? 0;
      const highY = edges[i + 3] ?? 0;
      if (lowY > middle || highY <= middle) continue;
      const lowX = edges[i] ?? 0;
      const highX = edges[i + 2] ?? 0;
      found.push(this.toCellX(lowX + ((middle - lowY) / (highY - lowY)) * (highX - lowX)));
    }
    return found.sort((a, b) => a - b);
  }

  private toCellX(x: number): number {
    return (x - this.minX) * this.perX;
  }

  private toCellY(y: number): number {
    return (y - this.minY) * this.perY;
  }
}

/** The raster while it is drawn: which zone covers a cell whole, and whose borders enter it. */
class Raster {
  /** First zone that covers the cell whole, or NOTHING. */
  readonly cells: Int32Array;
  private readonly touched: Int32Array;
  private readonly markedCells: number[] = [];
  private readonly markedZones: number[] = [];

  constructor(private readonly side: number) {
    this.cells = new Int32Array(side * side).fill(NOTHING);
    this.touched = new Int32Array(side * side).fill(NOTHING);
  }

  clamp(cell: number): number {
    return Math.max(0, Math.min(this.side - 1, Math.floor(cell)));
  }

  /** Every cell that the edge enters or comes within SLACK of. */
  mark(ax: number, ay: number, bx: number, by: number, zone: number): void {
    const [lowX, lowY, highX, highY] = ay <= by ? [ax, ay, bx, by] : [bx, by, ax, ay];
    const rise = highY - lowY;
    const lastRow = this.clamp(highY + SLACK);
    for (let row = this.clamp(lowY - SLACK); row <= lastRow; row++) {
      const enter = rise > 0 ? Math.max(0, (row - SLACK - lowY) / rise) : 0;
      const leave = rise > 0 ? Math.min(1, (row + 1 + SLACK - lowY) / rise) : 1;
      const [x1, x2] = [lowX + enter * (highX - lowX), lowX + leave * (highX - lowX)];
      const lastColumn = this.clamp(Math.max(x1, x2) + SLACK);
      for (let column = this.clamp(Math.min(x1, x2) - SLACK); column <= lastColumn; column++) {
        this.touch(row * this.side + column, zone);
      }
    }
  }

  /** Cells of a row that the border does not enter lie wholly inside or outside: parity of crossings tells. */
  fill(row: number, fromColumn: number, toColumn: number, zone: number, crossings: readonly number[]): void {
    let passed = 0;
    for (let column = fromColumn; column <= toColumn; column++) {
      while (passed < crossings.length && (crossings[passed] ?? 0) < column + 0.5) passed++;
      const cell = row * this.side + column;
      if (passed % 2 === 1 && this.touched[cell] !== zone && this.cells[cell] === NOTHING)
        this.cells[cell] = zone;
    }
  }

  /** Turns cells with borders into references to lists of candidates, and answers those lists. */
  settle(): Int32Array {
    const { cells, markedCells, markedZones } = this;
    const counts = new Int32Array(cells.length);
    for (const cell of markedCells) counts[cell] = (counts[cell] ?? 0) + 1;
    const lists = new Int32Array(
      markedCells.length + 2 * counts.reduce((sum, count) => sum + Math.min(1, count), 0),
    );
    const covers = cells.slice();
    let free = 0;
    for (const [i, cell] of markedCells.entries()) {
      const cover = covers[cell] ?? NOTHING;
      if (counts[cell]) {
        cells[cell] = -2 - free;
        free += (counts[cell] ?? 0) + 2;
        counts[cell] = 0;
      }
      const zone = markedZones[i] ?? 0;
      // Zones come in order, so every list is in order too.
      if (cover === NOTHING || zone < cover) append(lists, -2 - (cells[cell] ?? 0), zone);
    }
    for (const [cell, cover] of covers.entries()) {
      const entry = cells[cell] ?? 0;
      if (entry < NOTHING && cover !== NOTHING) append(lists, -2 - entry, -1 - cover);
    }
    return lists;
  }

  private touch(cell: number, zone: number): void {
    if (this.touched[cell] === zone) return;
    this.touched[cell] = zone;
    this.markedCells.push(cell);
    this.markedZones.push(zone);
  }
}

function append(lists: Int32Array, offset: number, entry: number): void {
  const count = (lists[offset] ?? 0) + 1;
  lists[offset] = count;
  lists[offset + count] = entry;
}

/** Enough cells that most hold one zone: measured best at 512 for 500 zones, 1024 for 10,000. */
function sideFor(zones: number): number {
  const wanted = 23 * Math.sqrt(zones);
  return Math.max(32, Math.min(1024, 2 ** Math.round(Math.log2(wanted + 1))));
}

/** Cells to a unit of length; a box without extent is one cell wide. */
function perUnit(side: number, extent: number): number {
  const rate = side / extent;
  return Number.isFinite(rate) ? rate : 0;
}

function boxOfAll(zones: readonly ZoneRings[]): [number, number, number, number] {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of zones.flat()) {
    const [x1, y1, x2, y2] = boxOf(ring);
    [minX, minY] = [Math.min(minX, x1), Math.min(minY, y1)];
    [maxX, maxY] = [Math.max(maxX, x2), Math.max(maxY, y2)];
  }
  return [minX, minY, maxX, maxY];
}

/** Edges from their lower ends, so that two zones read an edge that they share alike. Level edges are never crossed. */
function gatherEdges(zones: readonly ZoneRings[]): [edges: Float64Array, edgeStart: Int32Array] {
  const edges: number[] = [];
  const edgeStart = new Int32Array(zones.length + 1);
  zones.forEach((rings, zone) => {
    for (const ring of rings) {
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
        const [ax, ay] = pointOf(ring, j);
        const [bx, by] = pointOf(ring, i);
        if (ay < by) edges.push(ax, ay, bx, by);
        else if (by < ay) edges.push(bx, by, ax, ay);
      }
    }
    edgeStart[zone + 1] = edges.length / FLOATS_PER_EDGE;
  });
  return [Float64Array.from(edges), edgeStart];
}

function pointOf(ring: RingPoints, index: number): [number, number] {
  const [x, y] = ring[index] ?? [];
  if (!Number.isFinite(x) || !Number.isFinite(y) || x === undefined || y === undefined) {
    throw new RangeError(`point ${index} of a ring is [${x}, ${y}], wanted two finite numbers`);
  }
  return [x, y];
}
