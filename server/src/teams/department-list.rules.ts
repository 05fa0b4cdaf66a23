import type { Department, DepartmentChange, Id } from '@app/shared';
import type { CentreListKind } from '../access/centre-lists.js';
import { accept, type Decision, refuse } from '../platform/decision.js';

/** The departments that a centre may send. What was sent keeps the name that it was sent under. */
export const DEPARTMENT_LISTS: CentreListKind<Department, DepartmentChange> = {
  table: 'department_list',
  path: 'departments',
  usual: [],
  stale: 'department.stale',
  action: 'departments.changed',
  changed: changedDepartments,
  audited: (items) => ({ items: items.length, open: items.filter(({ open }) => open).length }),
};

/**
 * A centre's departments after a change: new ones get an id, each name stands once, and none that is known is left out,
 * since what it was sent to still names it. It is closed instead.
 */
export function changedDepartments(
  known: readonly Department[],
  { items }: DepartmentChange,
  mint: () => Id,
): Decision<Department[]> {
  const ids = new Set(known.map(({ id }) => id));
  const foreign = items.find(({ id }) => id !== undefined && !ids.has(id));
  if (foreign) return refuse('department.unknown', { id: foreign.id });
  const missing = known.filter(({ id }) => items.every((item) => item.id !== id));
  if (missing.length > 0)
    return refuse('request.malformed', {
      field: 'items',
      missing: missing.map(({ id }) => id),
      wanted: 'every known department, closed where it is no more',
    });
  const twice = items.find(({ id, names: { hans } }, index) =>
    items.slice(0, index).some((one) => one.names.hans === hans || (id !== undefined && one.id === id)),
  );
  if (twice)
    return refuse('request.malformed', {
      field: 'items',
      seen: twice.names.hans,
      wanted: 'each department once',
    });
  return accept(items.map(({ id, names, open }) => ({ id: id ?? mint(), names, open })));
}
