import { nameIn } from '@app/shared';
import { useLanguage, useText } from '../../ui/catalogue.js';
import type { Marks } from './candidate-keys.js';
import type { Departments } from './use-departments.js';

export interface DepartmentChoiceProps extends Pick<Departments, 'open' | 'bound'> {
  readonly marks: Marks;
  readonly onTick: (id: string) => void;
}

/** The open departments of the centre that holds an incident, to send them with teams or alone. */
export function DepartmentChoice({ open, bound, marks, onTick }: DepartmentChoiceProps) {
  const text = useText();
  const language = useLanguage((choice) => choice.language);
  if (open.length === 0) return null;
  return (
    <div className="department-choice" role="group" aria-label={text.department.title}>
      <span className="soft" role="presentation" title={text.department.hint}>
        {text.department.title}
      </span>
      {open.map(({ id, names }) => {
        const isFree = !bound.has(id);
        return (
          <span
            key={id}
            id={`candidate-${id}`}
            role="option"
            aria-selected={marks.ticked.has(id)}
            aria-disabled={!isFree}
            className={`department ${isFree ? '' : 'is-unfree'} ${marks.active === id ? 'is-active' : ''}`}
            onClick={isFree ? () => onTick(id) : undefined}
          >
            <input
              type="checkbox"
              tabIndex={-1}
              readOnly
              disabled={!isFree}
              checked={marks.ticked.has(id)}
              aria-label={nameIn(names, language)}
            />
            {nameIn(names, language)}
          </span>
        );
      })}
    </div>
  );
}
