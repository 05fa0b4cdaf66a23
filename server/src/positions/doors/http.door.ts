import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import { DATUMS, type FixesAnswer, MAX_FIXES } from '@app/shared';
import type { Caller } from '../../access/caller.js';
import { Needs, TokenMay } from '../../access/guard.js';
import { SignedIn } from '../../access/signed-in.js';
import { Intake } from '../intake.js';

/** One position as JSON; told here by hand, as it is checked by hand. */
const REPORT = {
  type: 'object',
  required: ['device', 'at', 'lng', 'lat'],
  additionalProperties: false,
  properties: {
    device: { type: 'string', description: 'Id or external id of the device.' },
    at: { type: 'string', format: 'date-time', description: 'When it was observed.' },
    lng: { type: 'number', minimum: -180, maximum: 180 },
    lat: { type: 'number', minimum: -90, maximum: 90 },
    speedKmh: { type: 'number', minimum: 0 },
    headingDeg: { type: 'number', minimum: 0, maximum: 360 },
    datum: { type: 'string', enum: [...DATUMS], description: "The device's own when missing." },
  },
};
const BATCH = { type: 'array', maxItems: MAX_FIXES, items: REPORT };

/** Positions over HTTP, in batches; the body is checked by hand, see position.rules.ts. */
@Controller('api/positions')
export class HttpDoor {
  constructor(private readonly intake: Intake) {}

  @Post()
  @HttpCode(200)
  @ApiBody({
    schema: { oneOf: [BATCH, { type: 'object', required: ['fixes'], properties: { fixes: BATCH } }] },
  })
  @Needs('admin', 'commander', 'duty')
  @TokenMay('positions', 'import')
  take(@Body() body: unknown, @SignedIn() caller: Caller): Promise<FixesAnswer> {
    return this.intake.takeReports(caller, body);
  }
}
