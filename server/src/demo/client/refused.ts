import { ERRORS, type ErrorCode } from '@app/shared';

/** The server's answer to a request that it did not take: `{ error: { code, detail } }`, or no answer at all. */
export class Refused extends Error {
  constructor(
    readonly code: ErrorCode | 'no-answer',
    readonly status: number,
    readonly detail: Readonly<Record<string, unknown>> = {},
  ) {
    super(`${code} (${status}) ${JSON.stringify(detail)}`);
    this.name = 'Refused';
  }

  /** Whether the same request may succeed later without a change. */
  get isPassing(): boolean {
    return this.code === 'no-answer' || this.status === 502 || this.status === 503 || ERRORS[this.code].retry;
  }

  static of(status: number, body: unknown): Refused {
    const error = (body as { error?: { code?: unknown; detail?: unknown } } | null)?.error;
    const code = typeof error?.code === 'string' && error.code in ERRORS ? (error.code as ErrorCode) : null;
    const detail = typeof error?.detail === 'object' && error.detail !== null ? error.detail : {};
    if (code) return new Refused(code, status, detail as Record<string, unknown>);
    return new Refused(status >= 500 ? 'service.unavailable' : 'request.malformed', status);
  }
}
