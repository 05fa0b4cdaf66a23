import {
  type CentreId,
  type DepartmentChange,
  type DepartmentList,
  DepartmentNames,
  DEPARTMENTS,
} from '@app/shared';
import { Button, Checkbox } from 'antd';
import { changeDepartments } from '../../link/departments.js';
import type { Fetched } from '../../link/use-fetched.js';
import { useText } from '../../ui/catalogue.js';
import { NameFields } from '../admin/name-fields.js';
import { useVersioned } from '../admin/use-versioned.js';
import { VersionedNote } from '../admin/versioned-note.js';
import { EMPTY_WORDING, trimmedWords } from '../admin/wording-rows.js';
import { FaultNote } from '../desk/fault-note.js';
import { type DepartmentFault, departmentFaults } from './department-faults.js';

type Edited = Pick<DepartmentChange, 'items'>;
type Draft = Edited['items'][number];

const NEW: Draft = { names: EMPTY_WORDING.text, open: true };

export interface DepartmentFormProps {
  readonly centre: CentreId;
  readonly list: Fetched<DepartmentList>;
  readonly onDone: () => void;
}

/** The departments of a centre: named in up to three scripts, added, closed and opened again. */
export function DepartmentForm({ centre, list, onDone }: DepartmentFormProps) {
  const text = useText();
  const edited = useVersioned<DepartmentList, Edited>(list, {
    write: ({ version, items }) => changeDepartments(centre, { version, items: items.map(trimmed) }),
    onSaved: onDone,
  });
  const { draft, isChanged, isBusy, edit, save } = edited;
  const items = draft?.items ?? [];
  const faults = departmentFaults(items);
  return (
    <section className="equipment-form" aria-label={text.department.set}>
      <p className="soft">{text.department.setHint}</p>
      <FaultNote fault={list.fault} onRetry={list.reload} />
      {/* A list without what somebody else has added is refused: it is never put in the place of theirs. */}
      <VersionedNote {...edited} keepMine={undefined} />
      {items.map((item, index) => (
        <DepartmentRow
          key={item.id ?? `new-${index}`}
          item={item}
          row={index + 1}
          fault={faults.get(index)}
          onChange={(next) => edit({ items: items.with(index, next) })}
          onRemove={() => edit({ items: items.toSpliced(index, 1) })}
        />
      ))}
      <div className="note-acts">
        <Button
          disabled={!draft || items.length >= DEPARTMENTS}
          onClick={() => edit({ items: [...items, NEW] })}
        >
          {text.department.add}
        </Button>
        <Button
          type="primary"
          disabled={!isChanged || faults.size > 0}
          loading={isBusy}
          onClick={() => void save()}
        >
          {text.department.save}
        </Button>
        <Button onClick={onDone}>{text.desk.cancel}</Button>
      </div>
    </section>
  );
}

const trimmed = (item: Draft): Draft => ({ ...item, names: trimmedWords({ text: item.names }) });

interface DepartmentRowProps {
  readonly item: Draft;
  readonly row: number;
  readonly fault: DepartmentFault | undefined;
  readonly onChange: (item: Draft) => void;
  readonly onRemove: () => void;
}

/** One department; below it what is wrong with its name. */
function DepartmentRow({ item, row, fault, onChange, onRemove }: DepartmentRowProps) {
  const text = useText();
  return (
    <>
      <div className="card-item">
        <span className="number">{row}</span>
        <NameFields
          schema={DepartmentNames}
          names={item.names}
          row={row}
          wrong={fault?.scripts}
          onChange={(names) => onChange({ ...item, names })}
        />
        <Checkbox checked={item.open} onChange={({ target }) => onChange({ ...item, open: target.checked })}>
          {text.department.open}
        </Checkbox>
        {item.id === undefined ? (
          <Button size="small" danger aria-label={text.duty.removeItem} onClick={onRemove}>
            ×
          </Button>
        ) : (
          <span />
        )}
      </div>
      {fault && fault.why !== 'unnamed' && (
        <p className="is-warned" role="alert">
          {text.department.fault[fault.why]}
        </p>
      )}
    </>
  );
}
