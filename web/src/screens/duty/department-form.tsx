import {
  type CentreId,
  type DepartmentChange,
  type DepartmentList,
  DEPARTMENTS,
  type Names,
} from '@app/shared';
import { Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import { changeDepartments } from '../../link/departments.js';
import type { Fetched } from '../../link/use-fetched.js';
import { useText } from '../../ui/catalogue.js';
import { useChange } from '../admin/use-change.js';
import { EMPTY_WORDING, trimmedWords } from '../admin/wording-rows.js';
import { FaultNote } from '../desk/fault-note.js';

type Draft = DepartmentChange['items'][number];

const SCRIPTS = ['hans', 'hant', 'en'] as const;
const LANGUAGE_OF = { hans: 'zh-Hans', hant: 'zh-Hant', en: 'en' } as const;
const NEW: Draft = { names: EMPTY_WORDING.text, open: true };

export interface DepartmentFormProps {
  readonly centre: CentreId;
  readonly list: Fetched<DepartmentList>;
  readonly onDone: () => void;
}

/** The departments of a centre: named in up to three scripts, added, closed and opened again. */
export function DepartmentForm({ centre, list, onDone }: DepartmentFormProps) {
  const text = useText();
  const change = useChange(list.reload);
  const [draft, setDraft] = useState<readonly Draft[]>();
  const items: readonly Draft[] = draft ?? list.value?.items ?? [];
  const put = (at: number, next: Draft) => setDraft(items.map((item, index) => (index === at ? next : item)));
  const save = async ({ version }: DepartmentList) => {
    const named = items.map((item) => ({ ...item, names: trimmedWords({ text: item.names }) }));
    if (await change.run(() => changeDepartments(centre, { version, items: named }))) onDone();
  };
  return (
    <section className="equipment-form" aria-label={text.department.set}>
      <p className="soft">{text.department.setHint}</p>
      <FaultNote fault={change.fault ?? list.fault} onClose={change.forgive} />
      {items.map((item, index) => (
        <div key={item.id ?? `new-${index}`} className="card-item">
          <span className="number">{index + 1}</span>
          <DepartmentNameFields
            names={item.names}
            row={index + 1}
            onChange={(names) => put(index, { ...item, names })}
          />
          <Checkbox
            checked={item.open}
            onChange={({ target }) => put(index, { ...item, open: target.checked })}
          >
            {text.department.open}
          </Checkbox>
          {item.id === undefined ? (
            <Button
              size="small"
              danger
              aria-label={text.duty.removeItem}
              onClick={() => setDraft(items.filter((_, at) => at !== index))}
            >
              ×
            </Button>
          ) : (
            <span />
          )}
        </div>
      ))}
      <div className="note-acts">
        <Button disabled={items.length >= DEPARTMENTS} onClick={() => setDraft([...items, NEW])}>
          {text.department.add}
        </Button>
        <Button
          type="primary"
          disabled={!list.value || !draft || items.some(({ names }) => !names.hans.trim())}
          loading={change.isBusy}
          onClick={() => list.value && void save(list.value)}
        >
          {text.department.save}
        </Button>
        <Button onClick={onDone}>{text.desk.cancel}</Button>
      </div>
    </section>
  );
}

function DepartmentNameFields({
  names,
  row,
  onChange,
}: {
  names: Names;
  row: number;
  onChange: (names: Names) => void;
}) {
  const text = useText();
  return SCRIPTS.map((script) => (
    <Input
      key={script}
      value={names[script]}
      maxLength={60}
      aria-label={`${row} ${text.language[LANGUAGE_OF[script]]}`}
      placeholder={text.language[LANGUAGE_OF[script]]}
      onChange={({ target }) => onChange({ ...names, [script]: target.value })}
    />
  ));
}
