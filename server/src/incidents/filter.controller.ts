import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import { FilterDraft, Id, SavedFilter } from '@app/shared';
import { z } from 'zod';
import type { Caller } from '../access/caller.js';
import { Needs } from '../access/guard.js';
import { Idempotency, IdempotencyKey } from '../access/idempotency.js';
import { SignedIn } from '../access/signed-in.js';
import { Database } from '../platform/database.js';
import { FilterBook } from './filter-book.js';

const Filters = z.object({ items: z.array(SavedFilter) });
type Filters = z.infer<typeof Filters>;

/** Filters of the list of incidents: one's own, and those that the own centre shares. */
@Controller('api/filters')
@Needs('duty', 'commander', 'staff', 'admin')
export class FilterController {
  constructor(
    private readonly filters: FilterBook,
    private readonly idempotency: Idempotency,
    private readonly database: Database,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: Filters })
  async list(@SignedIn() by: Caller): Promise<Filters> {
    return { items: await this.filters.list(by) };
  }

  @Post()
  @ApiCreatedResponse({ standardSchema: SavedFilter })
  keep(
    @Body({ schema: FilterDraft }) draft: FilterDraft,
    @SignedIn() by: Caller,
    @IdempotencyKey() key: string | null,
  ): Promise<SavedFilter> {
    const once = { key, route: 'POST /api/filters', body: draft };
    return this.database.transaction((tx) =>
      this.idempotency.once(tx, by, once, () => this.filters.keep(tx, by, draft)),
    );
  }

  @Delete(':id')
  @HttpCode(204)
  drop(@Param('id', { schema: Id }) id: Id, @SignedIn() by: Caller): Promise<void> {
    return this.database.transaction((tx) => this.filters.drop(tx, by, id));
  }
}
