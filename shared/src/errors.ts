/**
 * The one table of errors. `retry`: the same request may succeed later without a change by the caller.
 * A screen decides from `retry` and the code, never from the text.
 */
export const ERRORS = {
  'request.malformed': { status: 400, retry: false },
  'request.unknown-field': { status: 400, retry: false },
  'request.too-large': { status: 413, retry: false },
  'request.unknown-route': { status: 404, retry: false },
  'request.foreign-origin': { status: 403, retry: false },
  'request.too-many': { status: 429, retry: true },
  'idempotency.mismatch': { status: 422, retry: false },
  'place.out-of-range': { status: 400, retry: false },
  'place.swapped': { status: 400, retry: false },
  'position.jump': { status: 400, retry: false },
  'position.out-of-range': { status: 400, retry: false },
  'time.future': { status: 400, retry: false },
  'time.past': { status: 400, retry: false },
  'device.unknown': { status: 404, retry: false },
  'device.taken': { status: 409, retry: false },
  'centre.unknown': { status: 404, retry: false },
  'centre.stale': { status: 409, retry: false },
  'centre.illegal': { status: 409, retry: false },
  'grid.unknown': { status: 404, retry: false },
  'scope.denied': { status: 403, retry: false },
  'role.denied': { status: 403, retry: false },
  'team.unknown': { status: 404, retry: false },
  'team.stale': { status: 409, retry: false },
  'team.busy': { status: 409, retry: false },
  'team.unavailable': { status: 409, retry: false },
  'team.other-command': { status: 409, retry: false },
  'team.illegal-status': { status: 409, retry: false },
  'team.taken': { status: 409, retry: false },
  'incident.unknown': { status: 404, retry: false },
  'incident.stale': { status: 409, retry: false },
  'incident.illegal-step': { status: 409, retry: false },
  'incident.team-wanted': { status: 400, retry: false },
  'incident.reason-wanted': { status: 400, retry: false },
  'incident.duplicate': { status: 409, retry: false },
  'alert.unknown': { status: 404, retry: false },
  'alert.stale': { status: 409, retry: false },
  'alert.illegal-step': { status: 409, retry: false },
  'alert.reason-wanted': { status: 400, retry: false },
  'duty-log.unknown': { status: 404, retry: false },
  'duty-log.refers-wanted': { status: 400, retry: false },
  'duty-log.settled': { status: 409, retry: false },
  'duty-shift.unknown': { status: 404, retry: false },
  'duty-shift.running': { status: 409, retry: false },
  'duty-shift.stale': { status: 409, retry: false },
  'duty-shift.illegal-step': { status: 409, retry: false },
  'duty-shift.other-officer': { status: 409, retry: false },
  'duty-shift.same-person': { status: 409, retry: false },
  'duty-shift.equipment-wanted': { status: 400, retry: false },
  'duty-shift.reason-wanted': { status: 400, retry: false },
  'drive.stale': { status: 409, retry: false },
  'drill.running': { status: 409, retry: false },
  'token.unknown': { status: 404, retry: false },
  'account.unknown': { status: 404, retry: false },
  'account.taken': { status: 409, retry: false },
  'account.own': { status: 409, retry: false },
  'account.stale': { status: 409, retry: false },
  'account.weak-password': { status: 400, retry: false },
  'wire.malformed': { status: 400, retry: false },
  'wire.protocol': { status: 400, retry: false },
  'wire.draining': { status: 503, retry: true },
  'session.required': { status: 401, retry: false },
  'session.refused': { status: 401, retry: false },
  'session.locked': { status: 423, retry: false },
  'session.locked-out': { status: 429, retry: true },
  'session.no-demo': { status: 403, retry: false },
  'setup.refused': { status: 403, retry: false },
  'service.unavailable': { status: 503, retry: true },
  internal: { status: 500, retry: true },
} as const satisfies Record<string, { status: number; retry: boolean }>;

export type ErrorCode = keyof typeof ERRORS;

export interface ErrorBody {
  readonly error: {
    readonly code: ErrorCode;
    readonly detail: Readonly<Record<string, unknown>>;
    readonly requestId: string;
  };
}
