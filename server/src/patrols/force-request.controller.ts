import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import {
  ForceRequest,
  ForceRequestAction,
  ForceRequestDraft,
  ForceRequestStep,
  Id,
  pageOf,
} from '@app/shared';
import { z } from 'zod';
import type { Caller } from '../access/caller.js';
import { LiaisonMay, Needs } from '../access/guard.js';
import { IdempotencyKey } from '../access/idempotency.js';
import { SignedIn } from '../access/signed-in.js';
import { AdvanceRequest } from './advance-request.js';
import { AskForce } from './ask-force.js';
import { ForceRequestReader } from './force-request-reader.js';

const RequestQuery = z.strictObject({
  incident: Id.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
type RequestQuery = z.infer<typeof RequestQuery>;

@Controller('api/force-requests')
@Needs('duty', 'commander', 'staff')
export class ForceRequestController {
  constructor(
    private readonly reader: ForceRequestReader,
    private readonly ask: AskForce,
    private readonly advance: AdvanceRequest,
  ) {}

  /** Requests that the caller's centre or one below it made, or that were made of the liaison desk's force. */
  @Get()
  @ApiOkResponse({ standardSchema: pageOf(ForceRequest) })
  @LiaisonMay()
  async list(
    @Query({ schema: RequestQuery }) { incident, limit }: RequestQuery,
    @SignedIn() by: Caller,
  ): Promise<{ items: ForceRequest[]; next: null }> {
    return { items: await this.reader.list(by, { incident, limit }), next: null };
  }

  @Post()
  @ApiCreatedResponse({ standardSchema: ForceRequest })
  create(
    @Body({ schema: ForceRequestDraft }) draft: ForceRequestDraft,
    @SignedIn() by: Caller,
    @IdempotencyKey() key: string | null,
  ): Promise<ForceRequest> {
    return this.ask.run(draft, by, key);
  }

  @Post(':id/:action')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: ForceRequest })
  @LiaisonMay()
  act(
    @Param('id', { schema: Id }) id: Id,
    @Param('action', { schema: ForceRequestAction }) action: ForceRequestAction,
    @Body({ schema: ForceRequestStep }) step: ForceRequestStep,
    @SignedIn() by: Caller,
  ): Promise<ForceRequest> {
    return this.advance.run({ id, action, step }, by);
  }
}
