import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { ErrorBody, ErrorCode } from '@app/shared';
import type { Request, Response } from 'express';
import { Fault } from './fault.js';
import { causeOf, type Log } from './log.js';

/** Turns whatever a request throws into `{ error: { code, detail, requestId } }`. */
@Catch()
export class HttpFaults implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw thrown;
    const request = host.switchToHttp().getRequest<Request & { requestId?: string }>();
    const response = host.switchToHttp().getResponse<Response>();
    const requestId = request.requestId ?? '';
    const fault = toFault(thrown);
    if (fault.code === 'internal')
      this.log.error('http.bug', { requestId, method: request.method, ...causeOf(thrown) });
    if (response.headersSent) return;
    response
      .status(fault.status)
      .json({ error: { code: fault.code, detail: fault.detail, requestId } } satisfies ErrorBody);
  }
}

const BY_STATUS: Partial<Record<number, ErrorCode>> = {
  400: 'request.malformed',
  404: 'request.unknown-route',
  413: 'request.too-large',
  429: 'request.too-many',
};

/** What the caller is told of any thrown value. */
export function toFault(thrown: unknown): Fault {
  if (thrown instanceof Fault) return thrown;
  if (isConnectionLoss(thrown)) return new Fault('service.unavailable', { part: 'database' });
  const status = thrown instanceof HttpException ? thrown.getStatus() : statusOf(thrown);
  const code = status === undefined ? undefined : BY_STATUS[status];
  return code
    ? new Fault(code, { seen: thrown instanceof Error ? thrown.message : String(thrown) })
    : new Fault('internal');
}

/** Body parsers throw plain errors that carry a status. */
function statusOf(thrown: unknown): number | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('status' in thrown)) return undefined;
  return typeof thrown.status === 'number' ? thrown.status : undefined;
}

function isConnectionLoss(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  const { code } = thrown as { code?: string };
  if (code && /^(ECONN|57P0|08|53300|EPIPE)/.test(code)) return true;
  return /Connection terminated|connection timeout|timeout exceeded when trying to connect|Driver not Connected/i.test(
    thrown.message,
  );
}
