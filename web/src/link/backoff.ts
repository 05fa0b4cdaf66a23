const FIRST_MS = 500;
const CAP_MS = 10_000;

/** Full jitter: anywhere between nothing and a bound that doubles with each failed try, from 500 ms to 10 s. */
export function backoffMs(failedTries: number, random: number): number {
  return random * Math.min(CAP_MS, FIRST_MS * 2 ** Math.min(failedTries, 10));
}
