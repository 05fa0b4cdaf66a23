import { EARTH_RADIUS_M, METRES_PER_DEGREE } from '@app/shared';

const RAD = Math.PI / 180;
const MAX_CELLS = 1 << 16;
/** A tenth of a millimetre, against the rounding that puts a place into its cell. */
const SLACK_DEG = 1e-9;

/** Columns by row, degrees WGS 84. */
export interface Places {
  readonly lng: Float64Array;
  readonly lat: Float64Array;
}

/** A row found, with its great-circle distance. */
export interface Near {
  readonly row: number;
  readonly distanceM: number;
}

/**
 * The nearest rows to a place. In: the columns of a fleet and which of its rows may be found, taken anew per tick by
 * a counting sort into cells of about 500 m. Then rings of cells are read around the place until no cell further out
 * can hold a nearer row, so that the answer is that of a scan over all, as long as everything lies within 90° of
 * longitude of the first row. Squared chords of the unit sphere are compared: they order as great circles do and
 * cost no sine.
 */
export class Nearest {
  #count = 0;
  /** Longitudes are brought to within 180° of this one, so that a fleet may lie across the antimeridian. */
  #lng0 = 0;
  #west = 0;
  #south = 0;
  #columns = 1;
  #lines = 1;
  #cellLng = 1;
  #cellLat = 1;
  /** Cell → where its rows begin in the sorted columns; one entry more than cells. */
  readonly #starts = new Uint32Array(MAX_CELLS + 1);
  #cellOf = new Uint32Array(0);
  #rows = new Uint32Array(0);
  #xyz = new Float64Array(0);
  readonly #best = new Best();
  // The place asked for, on the unit sphere.
  #cosLat = 1;
  #x = 1;
  #y = 0;
  #z = 0;

  /** @param cellM side of a cell; doubled until there are at most 65,536 of them */
  constructor(readonly cellM = 500) {}

  /** Takes the rows that may be found, each with a finite place. Nothing of `rows` or `places` is kept. */
  rebuild(rows: ArrayLike<number>, places: Places): void {
    this.#count = rows.length;
    if (rows.length > this.#rows.length) this.#reserve(rows.length);
    this.#spread(rows, places);
    this.#sort(rows, places);
  }

  /** The `k` nearest rows, nearest first, of equally near ones the lower row first; fewer where there are fewer. */
  nearest(lng: number, lat: number, k: number): Near[] {
    const best = this.#best;
    best.clear(Math.min(Math.max(0, Math.floor(k)), this.#count));
    if (best.wanted === 0) return [];
    this.#cosLat = Math.cos(lat * RAD);
    this.#x = this.#cosLat * Math.cos(lng * RAD);
    this.#y = this.#cosLat * Math.sin(lng * RAD);
    this.#z = Math.sin(lat * RAD);

    const column = (this.#unwrapped(lng) - this.#west) / this.#cellLng;
    const line = (lat - this.#south) / this.#cellLat;
    const atColumn = Math.floor(column);
    const atLine = Math.floor(line);
    const first = Math.max(0, -atColumn, atColumn - this.#columns + 1, -atLine, atLine - this.#lines + 1);
    const last = Math.max(atColumn, this.#columns - 1 - atColumn, atLine, this.#lines - 1 - atLine);
    for (let ring = first; ring <= last; ring++) {
      if (best.limit < this.#leastChord2(column - atColumn, line - atLine, ring)) break;
      this.#readRing(atColumn, atLine, ring);
    }
    return best.found();
  }

  #readRing(column: number, line: number, ring: number): void {
    const west = Math.max(0, column - ring);
    const east = Math.min(this.#columns - 1, column + ring);
    const north = Math.min(this.#lines - 1, line + ring);
    for (let at = Math.max(0, line - ring); at <= north; at++) {
      if (at === line - ring || at === line + ring) {
        this.#readCells(at, west, east);
        continue;
      }
      if (column - ring >= 0) this.#readCells(at, column - ring, column - ring);
      if (column + ring < this.#columns) this.#readCells(at, column + ring, column + ring);
    }
  }

  /** Offers every row in a stretch of cells of one line. */
  #readCells(line: number, west: number, east: number): void {
    if (west > east || east < 0 || west >= this.#columns) return;
    const best = this.#best;
    const xyz = this.#xyz;
    const end = this.#starts[line * this.#columns + east + 1] ?? 0;
    for (let i = this.#starts[line * this.#columns + west] ?? 0; i < end; i++) {
      const dx = (xyz[3 * i] ?? 0) - this.#x;
      const dy = (xyz[3 * i + 1] ?? 0) - this.#y;
      const dz = (xyz[3 * i + 2] ?? 0) - this.#z;
      const chord2 = dx * dx + dy * dy + dz * dz;
      if (chord2 <= best.limit) best.offer(chord2, this.#rows[i] ?? 0);
    }
  }

  /**
   * A bound below the squared chord from the place, `x` and `y` of a cell into its own, to all of this ring and
   * beyond: over a gap of latitude the gap itself, over one of longitude the way to that meridian (sin d = cos φ sin Δλ).
   */
  #leastChord2(x: number, y: number, ring: number): number {
    const gapLat = (ring - 1 + Math.min(y, 1 - y)) * this.#cellLat - SLACK_DEG;
    const gapLng = (ring - 1 + Math.min(x, 1 - x)) * this.#cellLng - SLACK_DEG;
    if (gapLat <= 0 || gapLng <= 0) return 0;
    const overLat = 2 * leastSin((Math.min(180, gapLat) * RAD) / 2);
    const overLng = this.#cosLat * leastSin(Math.min(90, gapLng) * RAD);
    return Math.min(overLat * overLat, overLng * overLng);
  }

  /** Lays the cells over the rows' box. */
  #spread(rows: ArrayLike<number>, { lng, lat }: Places): void {
    this.#lng0 = lng[rows[0] ?? 0] ?? 0;
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] ?? 0;
      const x = this.#unwrapped(lng[row] ?? 0);
      const y = lat[row] ?? 0;
      if (x < west) west = x;
      if (x > east) east = x;
      if (y < south) south = y;
      if (y > north) north = y;
    }
    if (rows.length === 0) [west, south, east, north] = [0, 0, 0, 0];
    this.#west = west;
    this.#south = south;
    this.#cellLat = this.cellM / METRES_PER_DEGREE;
    this.#cellLng = this.#cellLat / Math.max(0.01, Math.cos(((south + north) / 2) * RAD));
    for (;;) {
      this.#columns = Math.floor((east - west) / this.#cellLng) + 1;
      this.#lines = Math.floor((north - south) / this.#cellLat) + 1;
      if (!(this.#columns * this.#lines > MAX_CELLS)) return;
      this.#cellLng *= 2;
      this.#cellLat *= 2;
    }
  }

  /** Counting sort of the rows by cell, with their places on the unit sphere. */
  #sort(rows: ArrayLike<number>, { lng, lat }: Places): void {
    const starts = this.#starts;
    const cellOf = this.#cellOf;
    const xyz = this.#xyz;
    const cells = this.#columns * this.#lines;
    starts.fill(0, 0, cells + 1);
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] ?? 0;
      const column = Math.floor((this.#unwrapped(lng[row] ?? 0) - this.#west) / this.#cellLng);
      const cell = Math.floor(((lat[row] ?? 0) - this.#south) / this.#cellLat) * this.#columns + column;
      cellOf[i] = cell;
      starts[cell] = (starts[cell] ?? 0) + 1;
    }
    for (let cell = 1; cell <= cells; cell++) starts[cell] = (starts[cell] ?? 0) + (starts[cell - 1] ?? 0);
    // `starts` holds where each cell ends; filled from behind, it comes to hold where each begins.
    for (let i = rows.length - 1; i >= 0; i--) {
      const cell = cellOf[i] ?? 0;
      const to = (starts[cell] ?? 0) - 1;
      const row = rows[i] ?? 0;
      const radius = Math.cos((lat[row] ?? 0) * RAD);
      starts[cell] = to;
      this.#rows[to] = row;
      xyz[3 * to] = radius * Math.cos((lng[row] ?? 0) * RAD);
      xyz[3 * to + 1] = radius * Math.sin((lng[row] ?? 0) * RAD);
      xyz[3 * to + 2] = Math.sin((lat[row] ?? 0) * RAD);
    }
  }

  #unwrapped(lng: number): number {
    const away = lng - this.#lng0;
    return away > 180 ? lng - 360 : away < -180 ? lng + 360 : lng;
  }

  #reserve(count: number): void {
    const capacity = Math.max(64, 2 ** Math.ceil(Math.log2(count)));
    this.#cellOf = new Uint32Array(capacity);
    this.#rows = new Uint32Array(capacity);
    this.#xyz = new Float64Array(3 * capacity);
  }
}

/** The best so far of one search, sorted: few enough that insertion beats a heap. */
class Best {
  wanted = 0;
  /** Squared chord above which nothing is taken any longer. */
  limit = Infinity;
  #held = 0;
  #chord2 = new Float64Array(16);
  #rows = new Uint32Array(16);

  clear(wanted: number): void {
    this.wanted = wanted;
    this.limit = Infinity;
    this.#held = 0;
    if (wanted <= this.#rows.length) return;
    this.#chord2 = new Float64Array(wanted);
    this.#rows = new Uint32Array(wanted);
  }

  offer(chord2: number, row: number): void {
    const chords = this.#chord2;
    const rows = this.#rows;
    let at = this.#held;
    if (at < this.wanted) this.#held++;
    else if (this.#isAfter(at - 1, chord2, row)) at--;
    else return;
    while (at > 0 && this.#isAfter(at - 1, chord2, row)) {
      chords[at] = chords[at - 1] ?? 0;
      rows[at] = rows[at - 1] ?? 0;
      at--;
    }
    chords[at] = chord2;
    rows[at] = row;
    if (this.#held === this.wanted) this.limit = chords[this.wanted - 1] ?? 0;
  }

  found(): Near[] {
    const found: Near[] = [];
    for (let i = 0; i < this.#held; i++) {
      const chord = Math.sqrt(this.#chord2[i] ?? 0);
      found.push({
        row: this.#rows[i] ?? 0,
        distanceM: 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, chord / 2)),
      });
    }
    return found;
  }

  #isAfter(at: number, chord2: number, row: number): boolean {
    const held = this.#chord2[at] ?? 0;
    return held > chord2 || (held === chord2 && (this.#rows[at] ?? 0) > row);
  }
}

/** A bound below the sine of an angle in [0, π/2]: the first two terms of its series. */
function leastSin(angle: number): number {
  return angle - (angle * angle * angle) / 6;
}
