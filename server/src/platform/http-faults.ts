import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { ErrorBody, ErrorCode } from '@app/shared';
import type { Request, Response } from 'express';
import { isConnectionLoss } from './connection-loss.js';
import { Fault } from './fault.js';
import { causeOf, type Log } from './log.js';

/** So long after a line on what is not to be had, more of the same are only counted. */
const QUIET_MS = 10_000;

/** Turns whatever a request throws into `{ error: { code, detail, requestId } }`. */
@Catch()
export class HttpFaults implements ExceptionFilter {
  /** When each part was last said to be away, and how often it was found so since then. */
  readonly #away = new Map<unknown, { at: number; unsaid: number }>();

  constructor(private readonly log: Log) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw thrown;
    const request = host.switchToHttp().getRequest<Request & { requestId?: string }>();
    const response = host.switchToHttp().getResponse<Response>();
    const requestId = request.requestId ?? '';
    const fault = toFault(thrown);
    if (fault.code === 'internal')
      this.log.error('http.bug', { requestId, method: request.method, ...causeOf(thrown) });
    if (fault.code === 'service.unavailable') this.#tellAway(fault, thrown, request);
    if (response.headersSent) return;
    response
      .status(fault.status)
      .json({ error: { code: fault.code, detail: fault.detail, requestId } } satisfies ErrorBody);
  }

  /** A 503 without a line here would have no cause that anybody could find. */
  #tellAway(fault: Fault, thrown: unknown, request: Request & { requestId?: string }): void {
    const { part } = fault.detail;
    const now = performance.now();
    const last = this.#away.get(part);
    if (last && now - last.at < QUIET_MS) return void last.unsaid++;
    this.#away.set(part, { at: now, unsaid: 0 });
    const { requestId, method } = request;
    const { path } = (request.route ?? {}) as { path?: string };
    const { error } = causeOf(thrown);
    const code = thrown instanceof Error ? (thrown as { code?: string }).code : undefined;
    this.log.warn('http.unavailable', {
      requestId,
      method,
      path,
      part,
      code,
      error,
      unsaid: last?.unsaid ?? 0,
    });
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
  if (isUnstorable(thrown))
    return new Fault('request.malformed', { wanted: 'text without NUL or half characters' });
  const status = thrown instanceof HttpException ? thrown.getStatus() : statusOf(thrown);
  const code = codeOf(status);
  return code
    ? new Fault(code, { seen: thrown instanceof Error ? thrown.message : String(thrown) })
    : new Fault('internal');
}

/** Whatever else a framework or body parser refuses as the caller's mistake is the caller's mistake here too. */
function codeOf(status: number | undefined): ErrorCode | undefined {
  if (status === undefined) return undefined;
  return BY_STATUS[status] ?? (status >= 400 && status < 500 ? 'request.malformed' : undefined);
}

/** Body parsers throw plain errors that carry a status. */
function statusOf(thrown: unknown): number | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('status' in thrown)) return undefined;
  return typeof thrown.status === 'number' ? thrown.status : undefined;
}

/** PostgreSQL keeps no NUL in text and no half of a surrogate pair in JSON; nobody types either. */
function isUnstorable(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  const { code } = thrown as { code?: string };
  return code === '22021' || code === '22P05' || (code === '22P02' && /json/i.test(thrown.message));
}
