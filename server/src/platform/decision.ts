import type { ErrorCode } from '@app/shared';
import { Fault, type FaultDetail } from './fault.js';

/** What a pure rule answers: the next state, or why there is none. */
export type Decision<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: ErrorCode; readonly detail: FaultDetail };

export const accept = <T>(value: T): Decision<T> => ({ ok: true, value });

export const refuse = (code: ErrorCode, detail: FaultDetail = {}): Decision<never> => ({
  ok: false,
  code,
  detail,
});

/**
 * The decided value.
 * @throws Fault with the refusal's code and detail
 */
export function settle<T>(decision: Decision<T>): T {
  if (!decision.ok) throw new Fault(decision.code, decision.detail);
  return decision.value;
}
