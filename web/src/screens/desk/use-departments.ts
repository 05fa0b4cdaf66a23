import { type Department, ENDED_STEPS, type Incident } from '@app/shared';
import { fetchDepartments } from '../../link/departments.js';
import { useInstallation } from '../../link/installation.js';
import { useFetched } from '../../link/use-fetched.js';
import { isBelow } from './centre-branches.js';

const LIST_MS = 60_000;
const NOTHING: readonly Department[] = [];

export interface Departments {
  /** In the order of the centre that holds the incident. */
  readonly open: readonly Department[];
  /** Those that are on the incident already. */
  readonly bound: ReadonlySet<string>;
  /** Why there is no list. */
  readonly fault: unknown;
}

/** The departments that may be sent to an incident. */
export function useDepartments({ centre, departmentAssignments = [] }: Incident): Departments {
  const { centres, session } = useInstallation();
  // Who only helps sends none of the holder's, and may not read which there are.
  const { value, fault } = useFetched({
    subject: isBelow(centres, centre, session.centre.id) ? centre : undefined,
    everyMs: LIST_MS,
    read: (signal) => fetchDepartments(centre, signal),
  });
  const running = departmentAssignments.filter(({ step }) => !ENDED_STEPS.includes(step));
  return {
    open: value?.items.filter((one) => one.open) ?? NOTHING,
    bound: new Set(running.map(({ department }) => department)),
    fault: value ? undefined : fault,
  };
}
