import type { CentreId, IncidentAction } from '@app/shared';
import type { Access } from '../access/access.js';
import type { Caller } from '../access/caller.js';
import type { CentreTree } from '../access/centre-tree.js';
import type { Standing } from './party.rules.js';
import { heirOf } from './rulebook.js';

/** Whom a caller may act for, and where it stands, by the tree of this moment. */
export function standingOf(access: Access, tree: CentreTree, caller: Caller): Standing {
  const { centre } = caller;
  return {
    mayAct: (other) => access.mayAct(caller, other),
    isAt: (other) => heirOf(tree, other) === centre,
    ways: (other) => waysFrom(tree, heirOf(tree, other)),
    isAbove: (other) => {
      const heir = heirOf(tree, other);
      const isRoot = tree.get(heir)?.parent === null;
      return (heir !== centre || isRoot) && tree.isWithin(heir, centre);
    },
  };
}

/** Whither a centre can hand an incident at all. */
function waysFrom(tree: CentreTree, centre: CentreId): ReadonlySet<IncidentAction> {
  const ways = new Set<IncidentAction>();
  const hasParent = typeof tree.get(centre)?.parent === 'string';
  if (hasParent) ways.add('hand-up').add('hand-across');
  if (tree.children(centre).some((id) => tree.get(id)?.closedAt === null)) ways.add('hand-down');
  return ways;
}
