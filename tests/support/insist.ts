const LONGEST_MS = 45_000;

/**
 * Says something until somebody answers; whatever is said twice must count once. Bounded by time, not by tries: while a
 * proxy holds every server for gone (its `fail_timeout`), it refuses a hundred in a moment.
 */
export async function insist<T>(say: () => Promise<T | undefined>, withinMs = LONGEST_MS): Promise<T> {
  const until = Date.now() + withinMs;
  for (;;) {
    let seen: unknown;
    const answer = await say().catch((error: unknown) => {
      seen = error;
      return undefined;
    });
    if (answer !== undefined) return answer;
    if (Date.now() > until) throw new Error(`no answer within ${withinMs} ms`, { cause: seen });
  }
}
