import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import type { FixesAnswer } from '@app/shared';
import type { Caller } from '../../access/caller.js';
import { Needs, TokenMay } from '../../access/guard.js';
import { SignedIn } from '../../access/signed-in.js';
import { Intake } from '../intake.js';

/** Positions over HTTP, in batches; the body is checked by hand, see position.rules.ts. */
@Controller('api/positions')
export class HttpDoor {
  constructor(private readonly intake: Intake) {}

  @Post()
  @HttpCode(200)
  @Needs('admin', 'commander', 'duty')
  @TokenMay('positions', 'import')
  take(@Body() body: unknown, @SignedIn() caller: Caller): Promise<FixesAnswer> {
    return this.intake.takeReports(caller, body);
  }
}
