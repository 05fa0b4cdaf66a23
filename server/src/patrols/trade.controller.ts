import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import { Id, pageOf, PatrolShiftQuery, Trade, TradeAction, TradeDraft, TradeStep } from '@app/shared';
import type { Caller } from '../access/caller.js';
import { Needs } from '../access/guard.js';
import { IdempotencyKey } from '../access/idempotency.js';
import { SignedIn } from '../access/signed-in.js';
import { PatrolShiftReader } from './patrol-shift-reader.js';
import { TradeShifts } from './trade-shifts.js';

@Controller('api/shift-trades')
@Needs('duty', 'commander', 'staff')
export class TradeController {
  constructor(
    private readonly reader: PatrolShiftReader,
    private readonly trades: TradeShifts,
  ) {}

  /** Trades that wait for somebody, of shifts in the window. */
  @Get()
  @ApiOkResponse({ standardSchema: pageOf(Trade) })
  async list(
    @Query({ schema: PatrolShiftQuery }) query: PatrolShiftQuery,
    @SignedIn() by: Caller,
  ): Promise<{ items: Trade[]; next: null }> {
    const { items } = await this.reader.board(by, query);
    return { items: await this.trades.open(by, items), next: null };
  }

  @Post()
  @ApiCreatedResponse({ standardSchema: Trade })
  ask(
    @Body({ schema: TradeDraft }) draft: TradeDraft,
    @SignedIn() by: Caller,
    @IdempotencyKey() key: string | null,
  ): Promise<Trade> {
    return this.trades.ask(draft, by, key);
  }

  @Post(':id/:action')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: Trade })
  step(
    @Param('id', { schema: Id }) id: Id,
    @Param('action', { schema: TradeAction }) action: TradeAction,
    @Body({ schema: TradeStep }) step: TradeStep,
    @SignedIn() by: Caller,
  ): Promise<Trade> {
    return this.trades.step(id, action, step, by);
  }
}
