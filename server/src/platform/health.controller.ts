import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiServiceUnavailableResponse } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { Health, Readiness } from './health.js';
import { Open } from './open.js';

const Alive = z.object({ ok: z.literal(true) });

@Open()
@Controller()
export class HealthController {
  constructor(private readonly health: Health) {}

  /** The process is alive. */
  @Get('healthz')
  @ApiOkResponse({ standardSchema: Alive })
  alive(): z.infer<typeof Alive> {
    return { ok: true };
  }

  /** The process may be sent work: 200 or 503 with what is wrong. */
  @Get('readyz')
  @ApiOkResponse({ standardSchema: Readiness })
  @ApiServiceUnavailableResponse({ standardSchema: Readiness })
  async ready(@Res() response: Response): Promise<void> {
    const readiness = await this.health.readiness();
    response.status(readiness.ready ? 200 : 503).json(readiness);
  }
}
