import { mercatorX, mercatorY } from './fleet-columns.js';
import { type GridBox, PointGrid } from './point-grid.js';

/** A place that does not move. `rank` 0 matters most. */
export interface Site {
  readonly lng: number;
  readonly lat: number;
  readonly rank: number;
}

/** Each level holds about four times as many as the one before. */
const LEVELS = 6;
/** As many as are drawn at a time: more would only cover each other. */
const MOST_DRAWN = 4_000;

export interface SiteStretch {
  readonly from: number;
  readonly count: number;
}

/**
 * Sites that stay usable however many there are. They are dealt into levels, what matters first; what is drawn is
 * every site of the levels that fit, within what is seen, so that whoever comes nearer sees more and in the end all.
 */
export class SitePoints {
  /** Mercator, counted from the origin, x and y by turns, level by level and cell by cell: what the GPU gets. */
  readonly floats: Float32Array;
  readonly originX: number;
  readonly originY: number;
  /** Which site every pair of floats is. */
  readonly siteOf: Int32Array;
  readonly #levels: readonly { readonly first: number; readonly grid: PointGrid }[];
  readonly #all: PointGrid;

  constructor(readonly sites: readonly Site[]) {
    const x = Float64Array.from(sites, ({ lng }) => mercatorX(lng));
    const y = Float64Array.from(sites, ({ lat }) => mercatorY(lat));
    this.originX = x[0] ?? 0;
    this.originY = y[0] ?? 0;
    this.floats = new Float32Array(2 * sites.length);
    this.siteOf = new Int32Array(sites.length);
    this.#all = new PointGrid(x, y, sites.length);
    const members: number[][] = Array.from({ length: LEVELS }, () => []);
    sites.forEach(({ rank }, index) => members[levelOf(index, rank)]?.push(index));
    let first = 0;
    this.#levels = members.map((indices) => {
      const grid = new PointGrid(
        Float64Array.from(indices, (i) => x[i] ?? 0),
        Float64Array.from(indices, (i) => y[i] ?? 0),
        indices.length,
        64,
      );
      const level = { first, grid };
      for (const at of grid.order) {
        const site = indices[at] ?? 0;
        this.siteOf[first] = site;
        this.floats[2 * first] = (x[site] ?? 0) - this.originX;
        this.floats[2 * first + 1] = (y[site] ?? 0) - this.originY;
        first += 1;
      }
      return level;
    });
  }

  /** What is drawn of a box in mercator; `all`: whether that is everything in it. */
  within(box: GridBox): { readonly stretches: SiteStretch[]; readonly drawn: number; readonly all: boolean } {
    const stretches: SiteStretch[] = [];
    let drawn = 0;
    for (const { first, grid } of this.#levels) {
      const more = [...grid.within(box)].map(([from, to]) => ({ from: first + from, count: to - from }));
      const count = more.reduce((sum, stretch) => sum + stretch.count, 0);
      if (drawn > 0 && drawn + count > MOST_DRAWN) return { stretches, drawn, all: false };
      stretches.push(...more);
      drawn += count;
    }
    return { stretches, drawn, all: true };
  }

  /** The site nearest to a place within a distance, in mercator; −1 for none. */
  nearest(x: number, y: number, within: number): number {
    return this.#all.nearest(x, y, within);
  }
}

/** The same level each time: three quarters of the sites in the last, three quarters of the rest in the one before. */
function levelOf(index: number, rank: number): number {
  let mixed = Math.imul(index ^ (index >>> 16), 0x45d9f3b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b);
  const share = ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  const level = LEVELS - 1 - Math.min(LEVELS - 1, Math.floor(-Math.log(share) / Math.log(4)));
  return Math.max(0, rank === 0 ? level - 2 : level);
}
