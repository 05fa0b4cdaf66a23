import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { Area, type CentreId, CIRCLES, GRID_KINDS, Id, Lat, Lng, Names, pageOf } from '@app/shared';
import { z } from 'zod';
import { Access } from '../access/access.js';
import type { Caller } from '../access/caller.js';
import { CentreTree } from '../access/centre-tree.js';
import { TokenMay } from '../access/guard.js';
import { SignedIn } from '../access/signed-in.js';
import { type GridRow, type KeySiteRow, PlaceRepository } from './place.repository.js';
import { Places } from './places.js';

const MOST_GRIDS = 200;
const GridQuery = z.strictObject({
  centre: Id.optional(),
  limit: z.coerce.number().int().min(1).max(MOST_GRIDS).default(MOST_GRIDS),
  cursor: z.string().max(20).optional(),
});
type GridQuery = z.infer<typeof GridQuery>;

const Place = z.tuple([Lng, Lat]);
const GridPage = pageOf(
  z.object({ code: z.string(), kind: z.enum(GRID_KINDS), centre: Id, anchor: Place, geometry: Area }),
);
const KeySitePage = pageOf(
  z.object({
    id: Id,
    name: z.string(),
    names: Names,
    kind: z.string(),
    position: Place,
    circle: z.union(CIRCLES.map((minutes) => z.literal(minutes))),
  }),
);

@Controller('api')
export class PlaceController {
  constructor(
    private readonly access: Access,
    private readonly tree: CentreTree,
    private readonly places: Places,
    private readonly rows: PlaceRepository,
  ) {}

  /** Grids of a centre's subtree, or of the caller's whole subtree, with their geometry. */
  @Get('grids')
  @ApiOkResponse({ standardSchema: GridPage })
  @TokenMay('read')
  async grids(
    @Query({ schema: GridQuery }) { centre, limit, cursor = '' }: GridQuery,
    @SignedIn() by: Caller,
  ): Promise<{ items: GridRow[]; next: string | null }> {
    if (centre !== undefined) this.access.requireAct(by, centre);
    const centres: CentreId[] = this.tree.subtree(centre ?? by.centre);
    const rows = await this.rows.gridsOf(centres, limit + 1, cursor);
    const items = rows.slice(0, limit);
    return { items, next: rows.length > limit ? (items.at(-1)?.code ?? null) : null };
  }

  /** Key sites that lie in the caller's subtree, with their response standard in minutes. */
  @Get('key-sites')
  @ApiOkResponse({ standardSchema: KeySitePage })
  @TokenMay('read')
  async keySites(@SignedIn() by: Caller): Promise<{ items: (KeySiteRow & { name: string })[]; next: null }> {
    await this.places.current();
    const items = (await this.rows.keySites())
      .filter(({ position: [lng, lat] }) => {
        const { centre } = this.places.locate(lng, lat);
        return this.access.mayAct(by, centre ?? this.tree.root()?.id ?? by.centre);
      })
      .map((site) => ({ ...site, name: site.names.hans }));
    return { items, next: null };
  }
}
