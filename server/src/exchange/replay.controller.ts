import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { Replay, ReplayQuery } from '@app/shared';
import type { Caller } from '../access/caller.js';
import { Needs } from '../access/guard.js';
import { SignedIn } from '../access/signed-in.js';
import { ReplayReader } from './replay-reader.js';

@Controller('api/replay')
export class ReplayController {
  constructor(private readonly replays: ReplayReader) {}

  /** Where teams were and what incidents there were, in a window of at most 24 h; each reading is in the audit. */
  @Get()
  @Needs('duty', 'commander', 'staff', 'admin')
  @ApiOkResponse({ standardSchema: Replay })
  read(@Query({ schema: ReplayQuery }) query: ReplayQuery, @SignedIn() by: Caller): Promise<Replay> {
    return this.replays.read(by, query);
  }
}
