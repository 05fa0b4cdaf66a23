import type { Changed } from '../link/freshness.js';

/** Each thing once, that which changed last first, with how often it changed. */
export function missedThings(missed: readonly Changed[]): (Changed & { readonly count: number })[] {
  const things = new Map<string, Changed & { readonly count: number }>();
  for (const { kind, id } of missed) {
    const key = `${kind}:${id}`;
    const count = (things.get(key)?.count ?? 0) + 1;
    // Put anew, so that the last to change stands last.
    things.delete(key);
    things.set(key, { kind, id, count });
  }
  return [...things.values()].reverse();
}
