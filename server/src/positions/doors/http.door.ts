import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, type SchemaObject } from '@nestjs/swagger';
import { FixesAnswer, FixReports } from '@app/shared';
import { z } from 'zod';
import type { Caller } from '../../access/caller.js';
import { HandheldMay, Needs, TokenMay } from '../../access/guard.js';
import { SignedIn } from '../../access/signed-in.js';
import { Intake } from '../intake.js';

/** What the API page says of the body: made from the schema, which the door itself does not run. */
const { $schema: _draft, ...BODY } = z.toJSONSchema(FixReports, { io: 'input' });

/** Positions over HTTP, in batches; the body is checked by hand, see position.rules.ts. */
@Controller('api/positions')
export class HttpDoor {
  constructor(private readonly intake: Intake) {}

  @Post()
  @HttpCode(200)
  @ApiBody({ schema: BODY as SchemaObject })
  @ApiOkResponse({ standardSchema: FixesAnswer })
  @Needs('admin', 'commander', 'duty')
  @HandheldMay()
  @TokenMay('positions', 'import')
  take(@Body() body: unknown, @SignedIn() caller: Caller): Promise<FixesAnswer> {
    return this.intake.takeReports(caller, body, 'http');
  }
}
