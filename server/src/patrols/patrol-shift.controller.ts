import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import {
  Id,
  PatrolBoard,
  PatrolPlanDraft,
  PatrolPlanned,
  PatrolShift,
  PatrolShiftAction,
  PatrolShiftQuery,
  PatrolShiftStep,
} from '@app/shared';
import type { Caller } from '../access/caller.js';
import { Needs, TokenMay } from '../access/guard.js';
import { IdempotencyKey } from '../access/idempotency.js';
import { SignedIn } from '../access/signed-in.js';
import { AdvanceShift } from './advance-shift.js';
import { PatrolShiftReader } from './patrol-shift-reader.js';
import { PlanShifts } from './plan-shifts.js';

@Controller('api/shifts')
@Needs('duty', 'commander', 'staff')
export class PatrolShiftController {
  constructor(
    private readonly reader: PatrolShiftReader,
    private readonly plan: PlanShifts,
    private readonly advance: AdvanceShift,
  ) {}

  /** The shifts of a centre and all below it in a window, with the gaps and double bookings that the plan has. */
  @Get()
  @ApiOkResponse({ standardSchema: PatrolBoard })
  @TokenMay('read')
  board(
    @Query({ schema: PatrolShiftQuery }) query: PatrolShiftQuery,
    @SignedIn() by: Caller,
  ): Promise<PatrolBoard> {
    return this.reader.board(by, query);
  }

  @Post()
  @ApiCreatedResponse({ standardSchema: PatrolPlanned })
  create(
    @Body({ schema: PatrolPlanDraft }) plan: PatrolPlanDraft,
    @SignedIn() by: Caller,
    @IdempotencyKey() key: string | null,
  ): Promise<PatrolPlanned> {
    return this.plan.run(plan, by, key);
  }

  @Post(':id/:action')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: PatrolShift })
  act(
    @Param('id', { schema: Id }) id: Id,
    @Param('action', { schema: PatrolShiftAction }) action: PatrolShiftAction,
    @Body({ schema: PatrolShiftStep }) step: PatrolShiftStep,
    @SignedIn() by: Caller,
    @IdempotencyKey() key: string | null,
  ): Promise<PatrolShift> {
    return this.advance.run({ id, action, step }, by, key);
  }
}
