import { type CentreId, nameIn } from '@app/shared';
import { useState } from 'react';
import { fetchDepartments } from '../../link/departments.js';
import { useFetched } from '../../link/use-fetched.js';
import { useLanguage, useText } from '../../ui/catalogue.js';
import { FaultNote } from '../desk/fault-note.js';
import { DepartmentForm } from './department-form.js';

const LIST_MS = 60_000;

/** The departments that a centre may send, and the form that sets them. */
export function DepartmentSection({ centre }: { centre: CentreId }) {
  const text = useText();
  const language = useLanguage((choice) => choice.language);
  const [isSetting, setSetting] = useState(false);
  const list = useFetched({
    subject: centre,
    everyMs: LIST_MS,
    read: (signal) => fetchDepartments(centre, signal),
  });
  const items = list.value?.items ?? [];
  return (
    <section className="departments" aria-label={text.department.title}>
      <h4>
        {text.department.title}{' '}
        <button
          type="button"
          className="button is-small"
          aria-expanded={isSetting}
          onClick={() => setSetting(!isSetting)}
        >
          {text.department.set}
        </button>
      </h4>
      {isSetting ? (
        <DepartmentForm centre={centre} list={list} onDone={() => setSetting(false)} />
      ) : (
        <p className="department-names">
          {!list.value && <FaultNote fault={list.fault} />}
          {list.value && items.length === 0 && <span className="soft">{text.department.none}</span>}
          {items.map(({ id, names, open }) => (
            <span key={id} className={open ? '' : 'soft'}>
              {nameIn(names, language)}
              {!open && <span className="tag">{text.department.closed}</span>}
            </span>
          ))}
        </p>
      )}
    </section>
  );
}
