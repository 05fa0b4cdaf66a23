import type { ErrorCode } from '@app/shared';
import { Fault, type FaultDetail } from './fault.js';

/** @throws Fault with the code and the subject where two rules are for the same one */
export function requireOnce<R>(
  rules: readonly R[],
  code: ErrorCode,
  subjectOf: (rule: R) => FaultDetail,
): void {
  const seen = new Set<string>();
  for (const rule of rules) {
    const subject = subjectOf(rule);
    const key = JSON.stringify(subject);
    if (seen.has(key)) throw new Fault(code, subject);
    seen.add(key);
  }
}
