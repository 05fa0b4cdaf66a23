const FIRST_MS = 500;
const CAP_MS = 10_000;

/** Full jitter: anywhere between nothing and a bound that doubles with each failed try, from 500 ms to 10 s, or another cap. */
export function backoffMs(failedTries: number, random: number, capMs = CAP_MS): number {
  return random * Math.min(capMs, FIRST_MS * 2 ** Math.min(failedTries, 10));
}
