import { Injectable } from '@nestjs/common';
import { type FrameGrid, frameGrid, type LngLat, type ScopeId } from '@app/shared';
import { CentreTree } from '../access/centre-tree.js';
import { Fleet } from '../positions/fleet.js';

const MAX_LAT = 80;

/** The flat grid in which a scope's frames tell places; it reaches 2,097 km to each side of its origin. */
@Injectable()
export class FrameGrids {
  constructor(
    private readonly tree: CentreTree,
    private readonly fleet: Fleet,
  ) {}

  /** Around the scope's anchor, else the city's, else where any team is. */
  of(scope: ScopeId): FrameGrid {
    const [lng, lat] = this.anchorOf(scope) ?? this.anchorOf(this.tree.root()?.id) ?? this.anyPlace();
    return frameGrid(lng, Math.min(MAX_LAT, Math.max(-MAX_LAT, lat)));
  }

  private anchorOf(centre: ScopeId | undefined): LngLat | undefined {
    const found = centre === undefined ? undefined : this.tree.get(centre);
    if (found?.anchor) return found.anchor;
    if (!found?.bbox) return undefined;
    const [west, south, east, north] = found.bbox;
    return [(west + east) / 2, (south + north) / 2];
  }

  private anyPlace(): LngLat {
    for (const { lng, lat } of this.fleet) return [lng, lat];
    return [0, 0];
  }
}
