import { Body, Controller, Get, HttpCode, Ip, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import {
  DutyShift,
  DutyShiftAction,
  DutyShiftItem,
  DutyShiftStart,
  DutyShiftStep,
  Id,
  pageOf,
} from '@app/shared';
import { z } from 'zod';
import type { Caller } from '../access/caller.js';
import { Needs } from '../access/guard.js';
import { IdempotencyKey } from '../access/idempotency.js';
import { SignedIn } from '../access/signed-in.js';
import { AdvanceDutyShift } from './advance-duty-shift.js';
import { BeginDutyShift } from './begin-duty-shift.js';
import { DutyShiftReader } from './duty-shift-reader.js';

const ShiftQuery = z.strictObject({
  centre: Id.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(20),
  cursor: z.string().max(120).optional(),
});
type ShiftQuery = z.infer<typeof ShiftQuery>;

@Controller('api/duty-shifts')
@Needs('duty', 'commander', 'staff')
export class DutyShiftController {
  constructor(
    private readonly reader: DutyShiftReader,
    private readonly begin: BeginDutyShift,
    private readonly advance: AdvanceDutyShift,
  ) {}

  /** Shifts of the caller's own centre, or of one below it, newest first. */
  @Get()
  @ApiOkResponse({ standardSchema: pageOf(DutyShiftItem) })
  list(
    @Query({ schema: ShiftQuery }) { centre, limit, cursor }: ShiftQuery,
    @SignedIn() by: Caller,
  ): Promise<{ items: DutyShiftItem[]; next: string | null }> {
    return this.reader.list(by, { centre: centre ?? by.centre, limit, cursor });
  }

  /** One shift with its handover sheet: as signed, or as it would be drawn up now. */
  @Get(':id')
  @ApiOkResponse({ standardSchema: DutyShift })
  one(@Param('id', { schema: Id }) id: Id, @SignedIn() by: Caller): Promise<DutyShift> {
    return this.reader.one(by, id);
  }

  @Post()
  @ApiCreatedResponse({ standardSchema: DutyShift })
  start(
    @Body({ schema: DutyShiftStart }) start: DutyShiftStart,
    @SignedIn() by: Caller,
    @IdempotencyKey() key: string | null,
  ): Promise<DutyShift> {
    return this.begin.run(start, by, key);
  }

  @Post(':id/:action')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: DutyShift })
  act(
    @Param('id', { schema: Id }) id: Id,
    @Param('action', { schema: DutyShiftAction }) action: DutyShiftAction,
    @Body({ schema: DutyShiftStep }) step: DutyShiftStep,
    @SignedIn() by: Caller,
    @IdempotencyKey() key: string | null,
    @Ip() address: string,
  ): Promise<DutyShift> {
    return this.advance.run({ id, action, step, address }, by, key);
  }
}
