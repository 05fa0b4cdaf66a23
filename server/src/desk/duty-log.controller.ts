import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import { LogDraft, LogEntry, LogQuery, pageOf } from '@app/shared';
import type { Caller } from '../access/caller.js';
import { Needs } from '../access/guard.js';
import { IdempotencyKey } from '../access/idempotency.js';
import { SignedIn } from '../access/signed-in.js';
import { DutyLogReader } from './duty-log-reader.js';
import { WriteDutyLog } from './write-duty-log.js';

@Controller('api/duty-log')
@Needs('duty', 'commander', 'staff')
export class DutyLogController {
  constructor(
    private readonly reader: DutyLogReader,
    private readonly write: WriteDutyLog,
  ) {}

  /** The log of the caller's own centre, or of one below it. */
  @Get()
  @ApiOkResponse({ standardSchema: pageOf(LogEntry) })
  list(
    @Query({ schema: LogQuery }) query: LogQuery,
    @SignedIn() by: Caller,
  ): Promise<{ items: LogEntry[]; next: string | null }> {
    return this.reader.list(by, query);
  }

  @Post()
  @ApiCreatedResponse({ standardSchema: LogEntry })
  add(
    @Body({ schema: LogDraft }) draft: LogDraft,
    @SignedIn() by: Caller,
    @IdempotencyKey() key: string | null,
  ): Promise<LogEntry> {
    return this.write.run(draft, by, key);
  }
}
