import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { CallerPhone, Id } from '@app/shared';
import type { Caller } from '../access/caller.js';
import { Needs } from '../access/guard.js';
import { SignedIn } from '../access/signed-in.js';
import { CALLER_ROLES, CallerBook } from './caller-book.js';

@Controller('api/incidents/:id/caller')
export class CallerController {
  constructor(private readonly callers: CallerBook) {}

  /** The number to call back, for whoever handles the incident; every reading is in the audit. */
  @Get()
  @Needs(...CALLER_ROLES)
  @ApiOkResponse({ standardSchema: CallerPhone })
  async read(@Param('id', { schema: Id }) id: Id, @SignedIn() by: Caller): Promise<CallerPhone> {
    return { phone: await this.callers.read(by, id) };
  }
}
