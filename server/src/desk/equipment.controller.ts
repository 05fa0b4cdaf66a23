import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { EquipmentChange, EquipmentList, Id } from '@app/shared';
import type { Caller } from '../access/caller.js';
import { Needs } from '../access/guard.js';
import { IdempotencyKey } from '../access/idempotency.js';
import { SignedIn } from '../access/signed-in.js';
import { ChangeEquipment } from './change-equipment.js';

@Controller('api/duty-equipment')
@Needs('duty', 'commander', 'staff', 'admin')
export class EquipmentController {
  constructor(private readonly lists: ChangeEquipment) {}

  /** What the desk of the own centre, or of one below it, has looked at in each handover. */
  @Get(':centre')
  @ApiOkResponse({ standardSchema: EquipmentList })
  one(@Param('centre', { schema: Id }) centre: Id, @SignedIn() by: Caller): Promise<EquipmentList> {
    return this.lists.read(by, centre);
  }

  @Post(':centre')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: EquipmentList })
  set(
    @Param('centre', { schema: Id }) centre: Id,
    @Body({ schema: EquipmentChange }) change: EquipmentChange,
    @SignedIn() by: Caller,
    @IdempotencyKey() key: string | null,
  ): Promise<EquipmentList> {
    return this.lists.run(by, centre, change, key);
  }
}
