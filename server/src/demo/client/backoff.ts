import { setTimeout as wait } from 'node:timers/promises';

export interface Backoff {
  readonly baseMs: number;
  readonly capMs: number;
}

const DEFAULT_BACKOFF: Backoff = { baseMs: 250, capMs: 10_000 };

/** Full jitter: ms drawn evenly below min(cap, base · 2^attempt). Source: M. Brooker, "Exponential Backoff And Jitter", 2015. */
export function fullJitterMs(attempt: number, draw: number, { baseMs, capMs }: Backoff = DEFAULT_BACKOFF) {
  return draw * Math.min(capMs, baseMs * 2 ** Math.min(attempt, 30));
}

/** Waits, or ends early (without an error) when the signal says stop. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted || ms <= 0) return;
  await wait(ms, undefined, { signal }).catch(() => undefined);
}
