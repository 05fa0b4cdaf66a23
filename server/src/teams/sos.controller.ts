import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import { Id, NoWords, pageOf, Sos, SosDraft, SosEnd } from '@app/shared';
import { z } from 'zod';
import type { Caller } from '../access/caller.js';
import { HandheldMay, Needs, TokenMay } from '../access/guard.js';
import { IdempotencyKey } from '../access/idempotency.js';
import { SignedIn } from '../access/signed-in.js';
import { CallSos } from './call-sos.js';
import { SosRepository } from './sos.repository.js';
import { sosView } from './sos.rules.js';
import { StepSos } from './step-sos.js';

const STEPPERS: readonly string[] = ['duty', 'commander', 'staff'];
const SosQuery = z.strictObject({
  open: z
    .enum(['true', 'false'])
    .transform((told) => told === 'true')
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
type SosQuery = z.infer<typeof SosQuery>;

@Controller('api/sos')
export class SosController {
  constructor(
    private readonly calls: SosRepository,
    private readonly callSos: CallSos,
    private readonly stepSos: StepSos,
  ) {}

  /** Calls for help that the caller's centre sees, newest first. */
  @Get()
  @HandheldMay()
  @ApiOkResponse({ standardSchema: pageOf(Sos) })
  @TokenMay('read')
  async list(
    @Query({ schema: SosQuery }) { open, limit }: SosQuery,
    @SignedIn() by: Caller,
  ): Promise<{ items: Sos[]; next: null }> {
    const rows = await this.calls.list(by.centre, { open, limit });
    return { items: rows.map((row) => sosView(row, STEPPERS.includes(by.role))), next: null };
  }

  /** For a team that called over the radio, or by its handheld; one that has called already has pressed once more. */
  @Post()
  @HandheldMay()
  @ApiCreatedResponse({ standardSchema: Sos })
  @Needs('duty', 'commander', 'staff')
  call(
    @Body({ schema: SosDraft }) draft: SosDraft,
    @SignedIn() by: Caller,
    @IdempotencyKey() key: string | null,
  ): Promise<Sos> {
    return this.callSos.run(draft, by, key);
  }

  @Post(':id/answer')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: Sos })
  @Needs('duty', 'commander', 'staff')
  answer(
    @Param('id', { schema: Id }) id: Id,
    @Body({ schema: NoWords }) _none: NoWords,
    @SignedIn() by: Caller,
  ): Promise<Sos> {
    return this.stepSos.answer(id, by);
  }

  @Post(':id/end')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: Sos })
  @Needs('duty', 'commander', 'staff')
  end(
    @Param('id', { schema: Id }) id: Id,
    @Body({ schema: SosEnd }) end: SosEnd,
    @SignedIn() by: Caller,
  ): Promise<Sos> {
    return this.stepSos.end(id, end, by);
  }
}
