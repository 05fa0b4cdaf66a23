import { nameIn } from '@app/shared';
import { fetchDepartments } from '../../link/departments.js';
import { useInstallation } from '../../link/installation.js';
import { useFetched } from '../../link/use-fetched.js';
import { useLanguage, useText } from '../../ui/catalogue.js';
import { isBelow } from './centre-branches.js';
import { FaultNote } from './fault-note.js';

const LIST_MS = 60_000;

export interface DepartmentChoiceProps {
  readonly centre: string;
  /** Those that are on the incident already. */
  readonly bound: ReadonlySet<string>;
  readonly ticked: ReadonlySet<string>;
  readonly onTick: (id: string) => void;
}

/** The open departments of the centre that holds an incident, to send them with teams or alone. */
export function DepartmentChoice({ centre, bound, ticked, onTick }: DepartmentChoiceProps) {
  const text = useText();
  const language = useLanguage((choice) => choice.language);
  const { centres, session } = useInstallation();
  // Who only helps sends none of the holder's, and may not read which there are.
  const list = useFetched({
    subject: isBelow(centres, centre, session.centre.id) ? centre : undefined,
    everyMs: LIST_MS,
    read: (signal) => fetchDepartments(centre, signal),
  });
  const open = list.value?.items.filter((one) => one.open) ?? [];
  if (list.fault !== undefined && !list.value) return <FaultNote fault={list.fault} />;
  if (open.length === 0) return null;
  return (
    <fieldset className="department-choice">
      <legend title={text.department.hint}>{text.department.title}</legend>
      {open.map(({ id, names }) => (
        <label key={id}>
          <input
            type="checkbox"
            checked={ticked.has(id)}
            disabled={bound.has(id)}
            onChange={() => onTick(id)}
          />
          {nameIn(names, language)}
        </label>
      ))}
    </fieldset>
  );
}
