import { ERRORS, type ErrorCode } from '@app/shared';

export type FaultDetail = Readonly<Record<string, unknown>>;

/** An error that the caller is told about. Anything else that is thrown is a bug and shown as `internal`. */
export class Fault extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly detail: FaultDetail = {},
  ) {
    super(`${code} ${JSON.stringify(detail)}`);
    this.name = 'Fault';
  }

  get status(): number {
    return ERRORS[this.code].status;
  }
}
