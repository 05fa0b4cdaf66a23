import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { Response } from 'express';
import { Fault } from '../platform/fault.js';
import { Metrics } from '../platform/metrics.js';
import type { AskedRequest } from './caller.js';
import { Credentials } from './credentials.js';
import { bearerOf, Open } from './guard.js';

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;

@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly metrics: Metrics,
    private readonly credentials: Credentials,
  ) {}

  /** Prometheus text; open on loopback, else for a token with `metrics`. */
  @Open()
  @Get()
  @ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string' } } } })
  async read(@Req() request: AskedRequest, @Res() response: Response): Promise<void> {
    const token = bearerOf(request.headers.authorization);
    if (token === undefined) requireLoopback(request);
    else await this.requireMetrics(token);
    response.type(this.metrics.registry.contentType).send(await this.metrics.registry.metrics());
  }

  private async requireMetrics(token: string): Promise<void> {
    const { tokenScopes } = await this.credentials.token(token);
    if (!tokenScopes.includes('metrics'))
      throw new Fault('scope.denied', { seen: tokenScopes, wanted: ['metrics'] });
  }
}

// A proxy on this machine makes everybody look local; it gives itself away by what it forwards.
function requireLoopback(request: AskedRequest): void {
  const isForwarded = 'x-forwarded-for' in request.headers || 'forwarded' in request.headers;
  if (isForwarded || !LOOPBACK.test(request.socket.remoteAddress ?? ''))
    throw new Fault('session.required', { wanted: 'a token with metrics' });
}
