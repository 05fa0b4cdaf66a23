import type { Access } from '../access/access.js';
import type { Caller } from '../access/caller.js';
import type { CentreTree } from '../access/centre-tree.js';
import type { Standing } from './party.rules.js';
import { heirOf } from './rulebook.js';

/** Whom a caller may act for, and where it stands, by the tree of this moment. */
export function standingOf(access: Access, tree: CentreTree, caller: Caller): Standing {
  const { centre } = caller;
  const own = tree.get(centre);
  return {
    level: own?.level ?? '',
    isTop: own?.parent === null,
    mayAct: (other) => access.mayAct(caller, other),
    isAt: (other) => heirOf(tree, other) === centre,
    hasAbove: (other) => typeof tree.get(heirOf(tree, other))?.parent === 'string',
    hasBelow: (other) => tree.children(heirOf(tree, other)).some((id) => tree.get(id)?.closedAt === null),
    isWithin: (other, ancestor) => tree.isWithin(heirOf(tree, other), heirOf(tree, ancestor)),
    isAbove: (other) => {
      const heir = heirOf(tree, other);
      const isRoot = tree.get(heir)?.parent === null;
      return (heir !== centre || isRoot) && tree.isWithin(heir, centre);
    },
  };
}
