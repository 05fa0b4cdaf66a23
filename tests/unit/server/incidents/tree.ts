import type { CentreId } from '@app/shared';
import { firstBook, type Rulebook, type TreeView } from '../../../../server/src/incidents/rulebook.js';

/** A stable id for tests: the same name gives the same one. */
export const idOf = (name: string): string => {
  const hex = Buffer.from(name).toString('hex').padEnd(12, '0').slice(0, 12);
  return `01900000-0000-7000-8000-${hex}`;
};

/** `city` over `east` and `west`, these over `e1`, `e2` and `w1`; the names are made ids by `idOf`. */
const PARENTS: Readonly<Record<string, string | null>> = {
  city: null,
  east: 'city',
  west: 'city',
  e1: 'east',
  e2: 'east',
  w1: 'west',
};
const LEVELS = ['city', 'county', 'town'];

/** The tree of the tests; `closed` centres have a successor. */
export function treeOf(closed: Readonly<Record<string, string>> = {}): TreeView {
  const parents = new Map<CentreId, CentreId | null>(
    Object.entries(PARENTS).map(([name, parent]) => [idOf(name), parent === null ? null : idOf(parent)]),
  );
  const successors = new Map(Object.entries(closed).map(([name, to]) => [idOf(name), idOf(to)]));
  const lineage = (id: CentreId): CentreId[] => {
    const parent = parents.get(id);
    return parents.has(id) ? [id, ...(parent ? lineage(parent) : [])] : [];
  };
  return {
    get: (id) => {
      const parent = parents.get(id);
      const level = LEVELS[lineage(id).length - 1] ?? '';
      return parent === undefined
        ? undefined
        : { parent, level, closedAt: successors.has(id) ? 'then' : null };
    },
    lineage,
    isWithin: (id, ancestor) => lineage(id).includes(ancestor),
    heirs: (id) => [id, ...(successors.has(id) ? [successors.get(id) ?? id] : [])],
    commonAncestor: (ids) => {
      const [first, ...rest] = ids.map(lineage);
      return first?.find((id) => rest.every((line) => line.includes(id)));
    },
  };
}

export const BOOK: Rulebook = firstBook(treeOf(), 'Asia/Shanghai');
