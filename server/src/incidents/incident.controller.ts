import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import {
  Id,
  Incident,
  IncidentAction,
  IncidentPage,
  IncidentQuery,
  IncidentReport,
  IncidentStep,
} from '@app/shared';
import type { Caller } from '../access/caller.js';
import { HandheldMay, Needs, TokenMay } from '../access/guard.js';
import { IdempotencyKey } from '../access/idempotency.js';
import { SignedIn } from '../access/signed-in.js';
import { AdvanceIncident } from './advance-incident.js';
import { IncidentLists } from './incident-lists.js';
import { IncidentReader } from './incident-reader.js';
import { MergeIncidents } from './merge-incidents.js';
import { ReportIncident } from './report-incident.js';

@Controller('api/incidents')
export class IncidentController {
  constructor(
    private readonly report: ReportIncident,
    private readonly advance: AdvanceIncident,
    private readonly reader: IncidentReader,
    private readonly lists: IncidentLists,
    private readonly merges: MergeIncidents,
  ) {}

  @Post()
  @HandheldMay()
  @ApiCreatedResponse({ standardSchema: Incident })
  @Needs('duty', 'commander', 'staff')
  @TokenMay('report', 'import')
  create(
    @Body({ schema: IncidentReport }) report: IncidentReport,
    @SignedIn() by: Caller,
    @IdempotencyKey() key: string | null,
  ): Promise<Incident> {
    return this.report.run(report, by, key);
  }

  @Get()
  @HandheldMay()
  @ApiOkResponse({ standardSchema: IncidentPage })
  @TokenMay('read')
  list(
    @Query({ schema: IncidentQuery }) query: IncidentQuery,
    @SignedIn() by: Caller,
  ): Promise<IncidentPage> {
    return this.lists.list(by, query);
  }

  @Get(':id')
  @HandheldMay()
  @ApiOkResponse({ standardSchema: Incident })
  @TokenMay('read')
  one(@Param('id', { schema: Id }) id: Id, @SignedIn() by: Caller): Promise<Incident> {
    return this.reader.one(by, id);
  }

  @Post(':id/:action')
  @HandheldMay()
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: Incident })
  @Needs('duty', 'commander', 'staff')
  @TokenMay('import')
  act(
    @Param('id', { schema: Id }) id: Id,
    @Param('action', { schema: IncidentAction }) action: IncidentAction,
    @Body({ schema: IncidentStep }) step: IncidentStep,
    @SignedIn() by: Caller,
    @IdempotencyKey() key: string | null,
  ): Promise<Incident> {
    const command = action === 'merge' || action === 'unmerge' ? this.merges : this.advance;
    return command.run({ id, action, step }, by, key);
  }
}
