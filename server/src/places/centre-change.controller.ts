import { Body, Controller, Param, Patch, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import { Account, Centre, CentreChange, CentreDraft, Id, Setup } from '@app/shared';
import type { Caller } from '../access/caller.js';
import { Needs, Open } from '../access/guard.js';
import { IdempotencyKey } from '../access/idempotency.js';
import { SignedIn } from '../access/signed-in.js';
import { ChangeCentre } from './change-centre.js';
import { CreateCentre } from './create-centre.js';
import { SetUpCity } from './set-up-city.js';

@Controller('api')
export class CentreChangeController {
  constructor(
    private readonly createCentre: CreateCentre,
    private readonly changeCentre: ChangeCentre,
    private readonly setUp: SetUpCity,
  ) {}

  @Post('centres')
  @ApiCreatedResponse({ standardSchema: Centre })
  @Needs('admin')
  create(
    @Body({ schema: CentreDraft }) draft: CentreDraft,
    @SignedIn() by: Caller,
    @IdempotencyKey() key: string | null,
  ): Promise<Centre> {
    return this.createCentre.run(draft, by, key);
  }

  @Patch('centres/:id')
  @ApiOkResponse({ standardSchema: Centre })
  @Needs('admin')
  change(
    @Param('id', { schema: Id }) id: Id,
    @Body({ schema: CentreChange }) change: CentreChange,
    @SignedIn() by: Caller,
  ): Promise<Centre> {
    return this.changeCentre.run(id, change, by);
  }

  /** Once, with the code of the set-up link. */
  @Post('setup')
  @ApiCreatedResponse({ standardSchema: Account })
  @Open()
  setUpCity(@Body({ schema: Setup }) setup: Setup): Promise<Account> {
    return this.setUp.run(setup);
  }
}
