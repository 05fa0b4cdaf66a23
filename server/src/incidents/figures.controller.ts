import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { Figures, Id } from '@app/shared';
import { z } from 'zod';
import { Access } from '../access/access.js';
import type { Caller } from '../access/caller.js';
import { TokenMay } from '../access/guard.js';
import { SignedIn } from '../access/signed-in.js';
import { FiguresReader } from './figures-reader.js';

const FiguresQuery = z.strictObject({ scope: Id.optional() });
type FiguresQuery = z.infer<typeof FiguresQuery>;

@Controller('api/figures')
export class FiguresController {
  constructor(
    private readonly access: Access,
    private readonly figures: FiguresReader,
  ) {}

  /** Figures of a centre that the caller may see, or of the caller's own. */
  @Get()
  @ApiOkResponse({ standardSchema: Figures })
  @TokenMay('read')
  of(@Query({ schema: FiguresQuery }) { scope }: FiguresQuery, @SignedIn() by: Caller): Promise<Figures> {
    if (scope !== undefined) this.access.requireAct(by, scope);
    return this.figures.of(scope ?? by.centre);
  }
}
