import { DepartmentNames, type Names } from '@app/shared';
import { type Script, SCRIPTS } from '../admin/name-fields.js';

/** Why a department is not saved as it is written: new and not named yet, no name for one, or an earlier one has it. */
export interface DepartmentFault {
  readonly why: 'unnamed' | 'name' | 'twice';
  readonly scripts: ReadonlySet<Script>;
}

/** What each department would be refused for, by its place in the list; those without a fault have no entry. */
export function departmentFaults(
  items: readonly { readonly id?: string | undefined; readonly names: Names }[],
): ReadonlyMap<number, DepartmentFault> {
  const faults = new Map<number, DepartmentFault>();
  const seen = new Set<string>();
  items.forEach(({ id, names }, index) => {
    const hans = names.hans.trim();
    const fault = seen.has(hans) ? TWICE : faultOf(names, id === undefined);
    if (fault) faults.set(index, fault);
    if (hans !== '') seen.add(hans);
  });
  return faults;
}

const TWICE: DepartmentFault = { why: 'twice', scripts: new Set(['hans']) };
const UNNAMED: DepartmentFault = { why: 'unnamed', scripts: new Set() };

function faultOf(names: Names, isNew: boolean): DepartmentFault | undefined {
  const { error } = DepartmentNames.safeParse(names);
  if (!error) return undefined;
  if (isNew && SCRIPTS.every((script) => names[script].trim() === '')) return UNNAMED;
  const wrong = SCRIPTS.filter((script) => error.issues.some(({ path: [at] }) => at === script));
  return { why: 'name', scripts: new Set(wrong) };
}
