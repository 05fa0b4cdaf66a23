import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { EquipmentChange, EquipmentList, Id } from '@app/shared';
import type { Caller } from '../access/caller.js';
import { CentreLists } from '../access/centre-lists.js';
import { Needs } from '../access/guard.js';
import { IdempotencyKey } from '../access/idempotency.js';
import { SignedIn } from '../access/signed-in.js';
import { EQUIPMENT_LISTS } from './equipment-list.rules.js';

@Controller('api/duty-equipment')
@Needs('duty', 'commander', 'staff', 'admin')
export class EquipmentController {
  constructor(private readonly lists: CentreLists) {}

  /** What the desk of the own centre, or of one below it, has looked at in each handover. */
  @Get(':centre')
  @ApiOkResponse({ standardSchema: EquipmentList })
  one(@Param('centre', { schema: Id }) centre: Id, @SignedIn() by: Caller): Promise<EquipmentList> {
    return this.lists.read(EQUIPMENT_LISTS, by, centre);
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
    return this.lists.replace(EQUIPMENT_LISTS, by, { centre, change, key });
  }
}
