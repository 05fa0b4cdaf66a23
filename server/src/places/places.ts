import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Area, BBox, CentreId, LngLat } from '@app/shared';
import { CentreTree } from '../access/centre-tree.js';
import { causeOf, Log } from '../platform/log.js';
import { type AreaRow, type GridRow, PlaceRepository } from './place.repository.js';
import type { RingPoints } from './polygon.js';
import { ZoneIndex } from './zone-index.js';

/** Where a point lies: the deepest centre that contains it, and its grid. */
export interface Place {
  readonly centre: CentreId | null;
  readonly grid: string | null;
}

export interface GridPlace {
  readonly code: string;
  readonly centre: CentreId;
  readonly anchor: readonly [number, number];
}

/** Zones of one index and what each number in it means. */
interface Layer<T> {
  readonly index: ZoneIndex;
  readonly keys: readonly T[];
}

interface Loaded {
  readonly tree: number;
  /** Centres of one depth each, deepest first: those of one depth do not overlap. */
  readonly depths: readonly Layer<CentreId>[];
  readonly grids: Layer<GridPlace>;
  readonly byCode: ReadonlyMap<string, GridPlace>;
}

const NOWHERE: Loaded = {
  tree: -1,
  depths: [],
  grids: { index: new ZoneIndex([]), keys: [] },
  byCode: new Map(),
};

/** Centre and grid of a point, from polygons in memory; read anew when the tree changed. */
@Injectable()
export class Places implements OnApplicationBootstrap {
  #loaded = NOWHERE;
  #loading: Promise<void> | undefined;

  constructor(
    private readonly tree: CentreTree,
    private readonly rows: PlaceRepository,
    private readonly log: Log,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.current();
  }

  /** Waits until the polygons are those of the tree that this process holds. */
  async current(): Promise<void> {
    while (this.#loaded.tree !== this.tree.version) await this.#load();
  }

  /** Answers at once, by the polygons that are loaded; a changed tree is read meanwhile. */
  locate(lng: number, lat: number): Place {
    if (this.#loaded.tree !== this.tree.version)
      this.#load().catch((error: unknown) => this.log.warn('places.not-read', causeOf(error)));
    const { depths, grids } = this.#loaded;
    let centre: CentreId | null = null;
    for (const layer of depths) {
      centre = at(layer, lng, lat) ?? null;
      if (centre !== null) break;
    }
    return { centre, grid: at(grids, lng, lat)?.code ?? null };
  }

  grid(code: string): GridPlace | undefined {
    return this.#loaded.byCode.get(code);
  }

  /** What may be shown of where something sensitive is: the middle of its grid, or else of the centre that has it. */
  async coarse({ lng, lat, grid, centre }: Place & { lng: number; lat: number }): Promise<LngLat> {
    await this.current();
    const known = (grid === null ? undefined : this.grid(grid)?.anchor) ?? this.#anchorOf(centre);
    return known ?? [Math.round(lng), Math.round(lat)];
  }

  #anchorOf(centre: CentreId | null): LngLat | undefined {
    const line = centre === null ? [] : this.tree.lineage(centre);
    return line.map((id) => this.tree.get(id)?.anchor).find((anchor) => anchor) ?? undefined;
  }

  /** West, south, east, north of the whole city; null when it has no geometry. */
  cityBox(): BBox | null {
    return this.tree.root()?.bbox ?? null;
  }

  #load(): Promise<void> {
    this.#loading ??= this.#read().finally(() => (this.#loading = undefined));
    return this.#loading;
  }

  async #read(): Promise<void> {
    const tree = this.tree.version;
    const [areas, grids] = await Promise.all([this.rows.areas(), this.rows.grids()]);
    const places = grids.map(({ code, centre, anchor }) => ({ code, centre, anchor }));
    this.#loaded = {
      tree,
      depths: this.#depthsOf(areas),
      grids: { index: new ZoneIndex(grids.map((grid: GridRow) => ringsOf(grid.geometry))), keys: places },
      byCode: new Map(places.map((place) => [place.code, place])),
    };
  }

  #depthsOf(areas: readonly AreaRow[]): Layer<CentreId>[] {
    const byDepth: AreaRow[][] = [];
    for (const area of areas) {
      const depth = this.tree.lineage(area.centre).length;
      if (depth === 0 || this.tree.get(area.centre)?.closedAt) continue;
      (byDepth[depth] ??= []).push(area);
    }
    return byDepth
      .filter((rows) => rows !== undefined)
      .reverse()
      .map((rows) => ({
        index: new ZoneIndex(rows.map(({ geometry }) => ringsOf(geometry))),
        keys: rows.map(({ centre }) => centre),
      }));
  }
}

const at = <T>({ index, keys }: Layer<T>, lng: number, lat: number): T | undefined =>
  keys[index.locate(lng, lat)];

/** All rings of a GeoJSON area: a point is inside when it crosses an odd number of their edges. */
const ringsOf = (area: Area): readonly RingPoints[] =>
  area.type === 'Polygon' ? area.coordinates : area.coordinates.flat();
