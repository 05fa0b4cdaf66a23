import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { Erased, Erasure } from '@app/shared';
import type { Caller } from '../access/caller.js';
import { Needs } from '../access/guard.js';
import { SignedIn } from '../access/signed-in.js';
import { EraseText } from './erase-text.js';

@Controller('api/erasures')
export class ErasureController {
  constructor(private readonly erase: EraseText) {}

  /** Erases words before their time: of an incident, a line of the log, an instruction, patrol. Said twice it is done once. */
  @Post()
  @HttpCode(200)
  @Needs('commander', 'admin')
  @ApiOkResponse({ standardSchema: Erased })
  run(@Body({ schema: Erasure }) asked: Erasure, @SignedIn() by: Caller): Promise<Erased> {
    return this.erase.run(by, asked);
  }
}
