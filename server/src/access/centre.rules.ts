import type { Centre, CentreId, CentreName } from '@app/shared';
import type { CentreTree } from './centre-tree.js';

/** The tree that somebody at a centre may see, parents first: the lineage above as bare rows, then the own subtree. */
export function visibleTree(tree: CentreTree, at: CentreId): Centre[] {
  const above = tree.lineage(at).slice(1).reverse();
  const rowOf = (id: CentreId) => tree.get(id) ?? [];
  return [...above.flatMap(rowOf).map(bare), ...tree.subtree(at).flatMap(rowOf)];
}

/** Every open centre by its name and place in the tree, parents first. */
export const namesOf = (tree: CentreTree): CentreName[] =>
  tree
    .all()
    .filter(({ closedAt }) => closedAt === null)
    .map(({ id, parent, level, names, code }) => ({ id, parent, level, names, code }));

/** One centre as somebody at `at` sees it, or undefined. */
export function visibleCentre(tree: CentreTree, at: CentreId, id: CentreId): Centre | undefined {
  const centre = tree.get(id);
  if (!centre || tree.isWithin(id, at)) return centre;
  return tree.isWithin(at, id) ? bare(centre) : undefined;
}

/** Enough of an ancestor for a breadcrumb. */
const bare = (centre: Centre): Centre => ({ ...centre, aliases: [], anchor: null, bbox: null });
