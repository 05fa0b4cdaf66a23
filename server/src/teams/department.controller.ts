import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { DepartmentChange, DepartmentList, Id } from '@app/shared';
import type { Caller } from '../access/caller.js';
import { CentreLists } from '../access/centre-lists.js';
import { Needs } from '../access/guard.js';
import { IdempotencyKey } from '../access/idempotency.js';
import { SignedIn } from '../access/signed-in.js';
import { DEPARTMENT_LISTS } from './department-list.rules.js';

@Controller('api/departments')
@Needs('duty', 'commander', 'staff', 'admin')
export class DepartmentController {
  constructor(private readonly lists: CentreLists) {}

  /** The departments of the own centre, or of one below it, that it may send to an incident. */
  @Get(':centre')
  @ApiOkResponse({ standardSchema: DepartmentList })
  one(@Param('centre', { schema: Id }) centre: Id, @SignedIn() by: Caller): Promise<DepartmentList> {
    return this.lists.read(DEPARTMENT_LISTS, by, centre);
  }

  @Post(':centre')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: DepartmentList })
  set(
    @Param('centre', { schema: Id }) centre: Id,
    @Body({ schema: DepartmentChange }) change: DepartmentChange,
    @SignedIn() by: Caller,
    @IdempotencyKey() key: string | null,
  ): Promise<DepartmentList> {
    return this.lists.replace(DEPARTMENT_LISTS, by, { centre, change, key });
  }
}
