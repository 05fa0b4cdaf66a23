import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { AuditEntry, AuditQuery, pageOf } from '@app/shared';
import { AuditReader } from './audit-reader.js';
import type { Caller } from './caller.js';
import { Needs } from './guard.js';
import { SignedIn } from './signed-in.js';

@Controller('api/audit')
@Needs('admin')
export class AuditController {
  constructor(private readonly reader: AuditReader) {}

  /** Who did and read what, newest first. Reading it is a line of it too. */
  @Get()
  @ApiOkResponse({ standardSchema: pageOf(AuditEntry) })
  list(
    @Query({ schema: AuditQuery }) query: AuditQuery,
    @SignedIn() by: Caller,
  ): Promise<{ items: AuditEntry[]; next: string | null }> {
    return this.reader.list(by, query);
  }
}
