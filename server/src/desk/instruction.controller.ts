import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import {
  Id,
  Instruction,
  InstructionAction,
  InstructionDraft,
  InstructionQuery,
  InstructionsSent,
  InstructionStep,
  pageOf,
} from '@app/shared';
import type { Caller } from '../access/caller.js';
import { Needs } from '../access/guard.js';
import { IdempotencyKey } from '../access/idempotency.js';
import { SignedIn } from '../access/signed-in.js';
import { AdvanceInstruction } from './advance-instruction.js';
import { InstructionReader } from './instruction-reader.js';
import { SendInstructions } from './send-instructions.js';

@Controller('api/instructions')
@Needs('duty', 'commander', 'staff')
export class InstructionController {
  constructor(
    private readonly reader: InstructionReader,
    private readonly send: SendInstructions,
    private readonly advance: AdvanceInstruction,
  ) {}

  /** Instructions that the caller's centre sent, received, or sees between centres below it. */
  @Get()
  @ApiOkResponse({ standardSchema: pageOf(Instruction) })
  list(
    @Query({ schema: InstructionQuery }) query: InstructionQuery,
    @SignedIn() by: Caller,
  ): Promise<{ items: Instruction[]; next: string | null }> {
    return this.reader.list(by, query);
  }

  @Get(':id')
  @ApiOkResponse({ standardSchema: Instruction })
  one(@Param('id', { schema: Id }) id: Id, @SignedIn() by: Caller): Promise<Instruction> {
    return this.reader.one(by, id);
  }

  @Post()
  @ApiCreatedResponse({ standardSchema: InstructionsSent })
  create(
    @Body({ schema: InstructionDraft }) draft: InstructionDraft,
    @SignedIn() by: Caller,
    @IdempotencyKey() key: string | null,
  ): Promise<InstructionsSent> {
    return this.send.run(draft, by, key);
  }

  @Post(':id/:action')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: Instruction })
  act(
    @Param('id', { schema: Id }) id: Id,
    @Param('action', { schema: InstructionAction }) action: InstructionAction,
    @Body({ schema: InstructionStep }) step: InstructionStep,
    @SignedIn() by: Caller,
    @IdempotencyKey() key: string | null,
  ): Promise<Instruction> {
    return this.advance.run({ id, action, step }, by, key);
  }
}
