import { Body, Controller, HttpCode, Param, Patch } from '@nestjs/common';
import { Id, PatrolNeed } from '@app/shared';
import type { Caller } from '../access/caller.js';
import { Needs } from '../access/guard.js';
import { SignedIn } from '../access/signed-in.js';
import { SetNeed } from './set-need.js';

@Controller('api/patrol-needs')
export class PatrolNeedController {
  constructor(private readonly setNeed: SetNeed) {}

  @Patch(':centre')
  @HttpCode(204)
  @Needs('commander', 'admin')
  async change(
    @Param('centre', { schema: Id }) centre: Id,
    @Body({ schema: PatrolNeed }) need: PatrolNeed,
    @SignedIn() by: Caller,
  ): Promise<void> {
    await this.setNeed.run(centre, need, by);
  }
}
