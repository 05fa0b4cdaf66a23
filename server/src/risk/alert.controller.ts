import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import {
  Alert,
  ALERT_STATES,
  AlertAction,
  AlertState,
  AlertStep,
  ENDED_ALERT_STATES,
  Id,
  pageOf,
  QuestionReply,
} from '@app/shared';
import { z } from 'zod';
import type { Caller } from '../access/caller.js';
import { LiaisonMay, Needs, TokenMay } from '../access/guard.js';
import { IdempotencyKey } from '../access/idempotency.js';
import { SignedIn } from '../access/signed-in.js';
import { AdvanceAlert } from './advance-alert.js';
import { AnswerQuestion } from './answer-question.js';
import { AlertReader } from './alert-reader.js';

const OPEN_STATES = ALERT_STATES.filter((state) => !ENDED_ALERT_STATES.includes(state));

/** `state` may name several, with commas; without it: open alerts. */
const AlertQuery = z.strictObject({
  state: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(AlertState).min(1))
    .optional(),
  centre: Id.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(120).optional(),
});
type AlertQuery = z.infer<typeof AlertQuery>;

@Controller('api/alerts')
export class AlertController {
  constructor(
    private readonly reader: AlertReader,
    private readonly advance: AdvanceAlert,
    private readonly answer: AnswerQuestion,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: pageOf(Alert) })
  @TokenMay('read')
  list(
    @Query({ schema: AlertQuery }) { state, centre, limit, cursor }: AlertQuery,
    @SignedIn() by: Caller,
  ): Promise<{ items: Alert[]; next: string | null }> {
    return this.reader.list(by, { states: state ?? OPEN_STATES, centre, limit, cursor });
  }

  @Get(':id')
  @ApiOkResponse({ standardSchema: Alert })
  @TokenMay('read')
  one(@Param('id', { schema: Id }) id: Id, @SignedIn() by: Caller): Promise<Alert> {
    return this.reader.one(by, id);
  }

  /** What a liaison desk says to a question about a team of its force. */
  @Post(':id/answer')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: Alert })
  @Needs()
  @LiaisonMay()
  reply(
    @Param('id', { schema: Id }) id: Id,
    @Body({ schema: QuestionReply }) reply: QuestionReply,
    @SignedIn() by: Caller,
    @IdempotencyKey() key: string | null,
  ): Promise<Alert> {
    return this.answer.run({ id, reply }, by, key);
  }

  @Post(':id/:action')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: Alert })
  @Needs('duty', 'commander', 'staff')
  act(
    @Param('id', { schema: Id }) id: Id,
    @Param('action', { schema: AlertAction }) action: AlertAction,
    @Body({ schema: AlertStep }) step: AlertStep,
    @SignedIn() by: Caller,
    @IdempotencyKey() key: string | null,
  ): Promise<Alert> {
    return this.advance.run({ id, action, step }, by, key);
  }
}
