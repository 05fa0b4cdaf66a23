import { Controller, Get, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Health } from './health.js';
import { Open } from './open.js';

@Open()
@Controller()
export class HealthController {
  constructor(private readonly health: Health) {}

  /** The process is alive. */
  @Get('healthz')
  alive(): { ok: true } {
    return { ok: true };
  }

  /** The process may be sent work: 200 or 503 with what is wrong. */
  @Get('readyz')
  async ready(@Res() response: Response): Promise<void> {
    const readiness = await this.health.readiness();
    response.status(readiness.ready ? 200 : 503).json(readiness);
  }
}
