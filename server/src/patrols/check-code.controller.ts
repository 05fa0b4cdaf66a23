import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { CodeAsk, CodeSheet, Id } from '@app/shared';
import type { Caller } from '../access/caller.js';
import { Needs } from '../access/guard.js';
import { SignedIn } from '../access/signed-in.js';
import { PrintCodeSheet } from './print-code-sheet.js';

@Controller('api/checkpoints')
export class CheckCodeController {
  constructor(private readonly sheet: PrintCodeSheet) {}

  /** The codes of a checkpoint, to print and to set up its display by. */
  @Post(':id/code')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: CodeSheet })
  @Needs('commander', 'admin', 'staff')
  print(
    @Param('id', { schema: Id }) id: Id,
    @Body({ schema: CodeAsk }) ask: CodeAsk,
    @SignedIn() by: Caller,
  ): Promise<CodeSheet> {
    return this.sheet.run(id, ask, by);
  }
}
