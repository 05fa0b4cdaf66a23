import {
  type CentreId,
  type DepartmentChange,
  type DepartmentList,
  DEPARTMENTS,
  type Names,
} from '@app/shared';
import { Button, Checkbox, Input } from 'antd';
import { changeDepartments } from '../../link/departments.js';
import type { Fetched } from '../../link/use-fetched.js';
import { useText } from '../../ui/catalogue.js';
import { useVersioned } from '../admin/use-versioned.js';
import { VersionedNote } from '../admin/versioned-note.js';
import { EMPTY_WORDING, trimmedWords } from '../admin/wording-rows.js';
import { FaultNote } from '../desk/fault-note.js';

type Edited = Pick<DepartmentChange, 'items'>;
type Draft = Edited['items'][number];

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
  const edited = useVersioned<DepartmentList, Edited>(list, {
    write: ({ version, items }) => changeDepartments(centre, { version, items: items.map(trimmed) }),
    onSaved: onDone,
  });
  const { draft, isChanged, isBusy, edit, save } = edited;
  const items = draft?.items ?? [];
  const put = (at: number, next: Draft) => edit({ items: items.with(at, next) });
  return (
    <section className="equipment-form" aria-label={text.department.set}>
      <p className="soft">{text.department.setHint}</p>
      <FaultNote fault={list.fault} onRetry={list.reload} />
      {/* A list without what somebody else has added is refused: it is never put in the place of theirs. */}
      <VersionedNote {...edited} keepMine={undefined} />
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
              onClick={() => edit({ items: items.toSpliced(index, 1) })}
            >
              ×
            </Button>
          ) : (
            <span />
          )}
        </div>
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
          disabled={!isChanged || items.some(({ names }) => !names.hans.trim())}
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
