import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { Id, Visit, VisitAction, VisitBoard, VisitCoverage, VisitQuery, VisitStep } from '@app/shared';
import type { Caller } from '../access/caller.js';
import { HandheldMay, Needs, TokenMay } from '../access/guard.js';
import { SignedIn } from '../access/signed-in.js';
import { ContestVisit } from './contest-visit.js';
import { VisitReader } from './visit-reader.js';

@Controller('api/visits')
@Needs('duty', 'commander', 'staff')
export class VisitController {
  constructor(
    private readonly reader: VisitReader,
    private readonly contest: ContestVisit,
  ) {}

  /** Planned and done: visits whose window touches the span, or of the shifts that are on; with their coverage. */
  @Get()
  @ApiOkResponse({ standardSchema: VisitBoard })
  @TokenMay('read')
  list(@Query({ schema: VisitQuery }) query: VisitQuery, @SignedIn() by: Caller): Promise<VisitBoard> {
    return this.reader.board(by, query);
  }

  /** Coverage, and how each checkpoint stands: what a wall may show of the same. */
  @Get('coverage')
  @ApiOkResponse({ standardSchema: VisitCoverage })
  @Needs('display', 'duty', 'commander', 'staff', 'admin')
  @TokenMay('read')
  coverage(@Query({ schema: VisitQuery }) query: VisitQuery, @SignedIn() by: Caller): Promise<VisitCoverage> {
    return this.reader.coverage(by, query);
  }

  @Post(':id/:action')
  @HandheldMay()
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: Visit })
  step(
    @Param('id', { schema: Id }) id: Id,
    @Param('action', { schema: VisitAction }) action: VisitAction,
    @Body({ schema: VisitStep }) step: VisitStep,
    @SignedIn() by: Caller,
  ): Promise<Visit> {
    return this.contest.run(id, action, step, by);
  }
}
