import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { FlowRules, FlowRulesChange } from '@app/shared';
import type { Caller } from '../access/caller.js';
import { Needs } from '../access/guard.js';
import { SignedIn } from '../access/signed-in.js';
import { ChangeFlowRules } from './change-flow-rules.js';
import { FlowRuleRepository } from './flow-rule.repository.js';

@Controller('api/flow-rules')
export class FlowRuleController {
  constructor(
    private readonly kept: FlowRuleRepository,
    private readonly change: ChangeFlowRules,
  ) {}

  /** Which evidence steps want, and at which levels they may be taken. */
  @Get()
  @ApiOkResponse({ standardSchema: FlowRules })
  read(): Promise<FlowRules> {
    return this.kept.read();
  }

  @Post()
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: FlowRules })
  @Needs('admin')
  write(
    @Body({ schema: FlowRulesChange }) change: FlowRulesChange,
    @SignedIn() by: Caller,
  ): Promise<FlowRules> {
    return this.change.run(change, by);
  }
}
