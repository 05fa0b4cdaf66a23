import type { Centre } from '@app/shared';

/** Whether a centre is `scope` or stands below it, as far as the session sees the tree. */
export function isBelow(centre: string, scope: string, centres: ReadonlyMap<string, Centre>): boolean {
  for (let at = centres.get(centre); at; at = at.parent === null ? undefined : centres.get(at.parent))
    if (at.id === scope) return true;
  return false;
}
