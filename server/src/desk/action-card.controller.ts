import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import { ActionCard, ActionCardChange, Category } from '@app/shared';
import { z } from 'zod';
import type { Caller } from '../access/caller.js';
import { Needs } from '../access/guard.js';
import { IdempotencyKey } from '../access/idempotency.js';
import { SignedIn } from '../access/signed-in.js';
import { ActionCardReader } from './action-card-reader.js';
import { ChangeActionCard } from './change-action-card.js';

const Cards = z.object({ items: z.array(ActionCard) });

@Controller('api/action-cards')
@Needs('duty', 'commander', 'staff', 'admin')
export class ActionCardController {
  constructor(
    private readonly reader: ActionCardReader,
    private readonly change: ChangeActionCard,
  ) {}

  /** The card of every category as it stands. */
  @Get()
  @ApiOkResponse({ standardSchema: Cards })
  async list(): Promise<{ items: ActionCard[] }> {
    return { items: await this.reader.current() };
  }

  /** Every version of a category's card, newest first. */
  @Get(':category')
  @ApiOkResponse({ standardSchema: Cards })
  async versions(
    @Param('category', { schema: Category }) category: Category,
  ): Promise<{ items: ActionCard[] }> {
    return { items: await this.reader.versions(category) };
  }

  @Post(':category')
  @Needs('admin')
  @ApiCreatedResponse({ standardSchema: ActionCard })
  write(
    @Param('category', { schema: Category }) category: Category,
    @Body({ schema: ActionCardChange }) change: ActionCardChange,
    @SignedIn() by: Caller,
    @IdempotencyKey() key: string | null,
  ): Promise<ActionCard> {
    return this.change.run(category, change, by, key);
  }
}
