import { type Centre, nameIn } from '@app/shared';

export interface Branch {
  readonly value: string;
  readonly title: string;
  readonly children: Branch[];
}

/** Open centres by the one above them. */
export function childrenOf(centres: ReadonlyMap<string, Centre>): ReadonlyMap<string, readonly Centre[]> {
  const below = new Map<string, Centre[]>();
  for (const centre of centres.values()) {
    if (centre.parent === null || centre.closedAt !== null) continue;
    const siblings = below.get(centre.parent) ?? [];
    siblings.push(centre);
    below.set(centre.parent, siblings);
  }
  return below;
}

/** Centres from `from` down to `to`; `to` alone where it does not lie below. */
export function pathTo(centres: ReadonlyMap<string, Centre>, to: string, from: string): Centre[] {
  const path: Centre[] = [];
  for (let at = centres.get(to); at; at = at.parent === null ? undefined : centres.get(at.parent)) {
    path.unshift(at);
    if (at.id === from) return path;
  }
  return path.slice(-1);
}

/** Whether a centre is `top` or stands below it. */
export function isBelow(centres: ReadonlyMap<string, Centre>, id: string, top: string): boolean {
  for (let at = centres.get(id); at; at = at.parent === null ? undefined : centres.get(at.parent))
    if (at.id === top) return true;
  return false;
}

/** A centre with everything below, as a tree to choose from. */
export function branchOf(
  id: string,
  given: {
    readonly centres: ReadonlyMap<string, Centre>;
    readonly below: ReadonlyMap<string, readonly Centre[]>;
    readonly language: Parameters<typeof nameIn>[1];
  },
): Branch | undefined {
  const centre = given.centres.get(id);
  if (!centre) return undefined;
  const children = (given.below.get(id) ?? []).flatMap((child) => branchOf(child.id, given) ?? []);
  return { value: id, title: nameIn(centre.names, given.language), children };
}
