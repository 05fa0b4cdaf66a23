import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { Area, Centre, CentreName, Id } from '@app/shared';
import { z } from 'zod';
import { CONFIG, type Config } from '../platform/config.js';
import { Fault } from '../platform/fault.js';
import type { Caller } from './caller.js';
import { CentreShapes } from './centre-shapes.js';
import { CentreTree } from './centre-tree.js';
import { namesOf, visibleCentre, visibleTree } from './centre.rules.js';
import { HandheldMay, LiaisonMay, TokenMay } from './guard.js';
import { SignedIn } from './signed-in.js';

const CentreList = z.object({ items: z.array(Centre) });
const CentreNames = z.object({ items: z.array(CentreName) });
const CentreWhole = Centre.extend({ area: Area.nullable() });
type CentreWhole = z.infer<typeof CentreWhole>;

@Controller('api/centres')
@TokenMay('read', 'report', 'import')
export class CentreController {
  constructor(
    private readonly tree: CentreTree,
    private readonly shapes: CentreShapes,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The tree that the caller may see, parents first. */
  @Get()
  @LiaisonMay()
  @HandheldMay()
  @ApiOkResponse({ standardSchema: CentreList })
  list(@SignedIn() { centre }: Caller): { items: Centre[] } {
    return { items: visibleTree(this.tree, centre).map((one) => this.#told(one)) };
  }

  /** The names of all open centres: to whom something could be handed. */
  @Get('directory')
  @ApiOkResponse({ standardSchema: CentreNames })
  @TokenMay()
  directory(): { items: CentreName[] } {
    return { items: namesOf(this.tree) };
  }

  /** One centre with its geometry; of an ancestor only the name is told. */
  @Get(':id')
  @ApiOkResponse({ standardSchema: CentreWhole })
  async read(@Param('id', { schema: Id }) id: Id, @SignedIn() caller: Caller): Promise<CentreWhole> {
    const centre = visibleCentre(this.tree, caller.centre, id);
    if (!centre) throw new Fault('centre.unknown', { id });
    const isOwn = this.tree.isWithin(id, caller.centre);
    return { ...this.#told(centre), area: isOwn ? await this.shapes.of(id) : null };
  }

  /** Until it has its own, the root goes by the configuration's abbreviation. */
  #told(centre: Centre): Centre {
    const { parent, abbreviation } = centre;
    return parent === null && !abbreviation ? { ...centre, abbreviation: this.config.numberPrefix } : centre;
  }
}
