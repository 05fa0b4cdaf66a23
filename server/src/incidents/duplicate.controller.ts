import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { Duplicate, DuplicateQuery } from '@app/shared';
import { z } from 'zod';
import type { Caller } from '../access/caller.js';
import { SignedIn } from '../access/signed-in.js';
import { Duplicates } from './duplicates.js';

const DuplicateList = z.object({ items: z.array(Duplicate) });

@Controller('api/incidents/duplicates')
export class DuplicateController {
  constructor(private readonly duplicates: Duplicates) {}

  /** What is about to be reported may be there already. */
  @Get()
  @ApiOkResponse({ standardSchema: DuplicateList })
  async list(
    @Query({ schema: DuplicateQuery }) query: DuplicateQuery,
    @SignedIn() by: Caller,
  ): Promise<{ items: Duplicate[] }> {
    return { items: await this.duplicates.of(query, by) };
  }
}
