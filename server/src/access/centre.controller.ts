import { Controller, Get, Param } from '@nestjs/common';
import { type Area, type Centre, Id } from '@app/shared';
import { Fault } from '../platform/fault.js';
import type { Caller } from './caller.js';
import { CentreShapes } from './centre-shapes.js';
import { CentreTree } from './centre-tree.js';
import { visibleCentre, visibleTree } from './centre.rules.js';
import { TokenMay } from './guard.js';
import { SignedIn } from './signed-in.js';

@Controller('api/centres')
@TokenMay('read', 'report', 'import')
export class CentreController {
  constructor(
    private readonly tree: CentreTree,
    private readonly shapes: CentreShapes,
  ) {}

  /** The tree that the caller may see, parents first. */
  @Get()
  list(@SignedIn() { centre }: Caller): { items: Centre[] } {
    return { items: visibleTree(this.tree, centre) };
  }

  /** One centre with its geometry; of an ancestor only the name is told. */
  @Get(':id')
  async read(
    @Param('id', { schema: Id }) id: Id,
    @SignedIn() caller: Caller,
  ): Promise<Centre & { area: Area | null }> {
    const centre = visibleCentre(this.tree, caller.centre, id);
    if (!centre) throw new Fault('centre.unknown', { id });
    const isOwn = this.tree.isWithin(id, caller.centre);
    return { ...centre, area: isOwn ? await this.shapes.of(id) : null };
  }
}
