import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { DeviationRules, DeviationRulesChange } from '@app/shared';
import type { Caller } from '../access/caller.js';
import { Needs } from '../access/guard.js';
import { SignedIn } from '../access/signed-in.js';
import { ChangeDeviationRules } from './change-deviation-rules.js';
import { DeviationBook } from './deviation-book.repository.js';

@Controller('api/deviation-rules')
export class DeviationRuleController {
  constructor(
    private readonly book: DeviationBook,
    private readonly change: ChangeDeviationRules,
  ) {}

  /** From when on a team on shift, or a device of one, deviates. */
  @Get()
  @ApiOkResponse({ standardSchema: DeviationRules })
  read(): Promise<DeviationRules> {
    return this.book.read();
  }

  @Post()
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: DeviationRules })
  @Needs('admin')
  write(
    @Body({ schema: DeviationRulesChange }) change: DeviationRulesChange,
    @SignedIn() by: Caller,
  ): Promise<DeviationRules> {
    return this.change.run(change, by);
  }
}
