import type { ErrorCode } from '@app/shared';
import { Fault, type FaultDetail } from './fault.js';

const UNIQUE_VIOLATION = '23505';

/**
 * Waits for a write; when the named unique index refuses it, throws the fault that says what is taken.
 * The transaction is lost then: let it end.
 */
export async function orTaken<T>(
  write: Promise<T>,
  index: string,
  code: ErrorCode,
  detail: FaultDetail,
): Promise<T> {
  try {
    return await write;
  } catch (error) {
    const { driverError } = error as { driverError?: { code?: string; constraint?: string } };
    if (driverError?.code === UNIQUE_VIOLATION && driverError.constraint === index)
      throw new Fault(code, detail);
    throw error;
  }
}
