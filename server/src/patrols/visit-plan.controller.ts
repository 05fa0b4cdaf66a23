import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { Id, pageOf, VisitPlan, VisitPlanDraft } from '@app/shared';
import { z } from 'zod';
import type { Caller } from '../access/caller.js';
import { Needs, TokenMay } from '../access/guard.js';
import { SignedIn } from '../access/signed-in.js';
import { GroundReader } from './ground-reader.js';
import { SetVisitPlan } from './set-visit-plan.js';

const OfCentre = z.strictObject({ centre: Id.optional() });

@Controller('api/patrol-plans')
export class VisitPlanController {
  constructor(
    private readonly reader: GroundReader,
    private readonly setPlan: SetVisitPlan,
  ) {}

  /** Plans of the teams of a centre and all below it, by team and duty level. */
  @Get()
  @ApiOkResponse({ standardSchema: pageOf(VisitPlan) })
  @TokenMay('read')
  async list(
    @Query({ schema: OfCentre }) { centre }: z.infer<typeof OfCentre>,
    @SignedIn() by: Caller,
  ): Promise<{ items: VisitPlan[]; next: null }> {
    return { items: await this.reader.plans(by, centre), next: null };
  }

  /** Sets the plan of a team under a duty level: the whole of it, by its version. */
  @Post()
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: VisitPlan })
  @Needs('commander', 'admin', 'staff')
  set(@Body({ schema: VisitPlanDraft }) draft: VisitPlanDraft, @SignedIn() by: Caller): Promise<VisitPlan> {
    return this.setPlan.run(draft, by);
  }
}
