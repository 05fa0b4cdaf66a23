import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { CardItemKey, Checklist, Id, Tick } from '@app/shared';
import type { Caller } from '../access/caller.js';
import { Needs } from '../access/guard.js';
import { SignedIn } from '../access/signed-in.js';
import { ActionCardReader } from './action-card-reader.js';
import { TickActionCard } from './tick-action-card.js';

@Controller('api/incidents/:id/card')
@Needs('duty', 'commander', 'staff')
export class ChecklistController {
  constructor(
    private readonly reader: ActionCardReader,
    private readonly tick: TickActionCard,
  ) {}

  /** The card that the incident opened with, and what of it has been done. */
  @Get()
  @ApiOkResponse({ standardSchema: Checklist })
  read(@Param('id', { schema: Id }) id: Id, @SignedIn() by: Caller): Promise<Checklist> {
    return this.reader.checklist(by, id);
  }

  @Post(':item')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: Checklist })
  mark(
    @Param('id', { schema: Id }) incident: Id,
    @Param('item', { schema: CardItemKey }) item: CardItemKey,
    @Body({ schema: Tick }) { done }: Tick,
    @SignedIn() by: Caller,
  ): Promise<Checklist> {
    return this.tick.run({ incident, item, done }, by);
  }
}
