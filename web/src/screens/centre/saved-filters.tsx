import { SavedFilter } from '@app/shared';
import { Checkbox, Popover } from 'antd';
import { useState } from 'react';
import { ask, askRaw } from '../../link/http.js';
import { useText } from '../../ui/catalogue.js';
import { useChange } from '../admin/use-change.js';
import { useList } from '../admin/use-list.js';
import { FaultNote } from '../desk/fault-note.js';
import type { Filter } from './incident-filter.js';

export interface SavedFiltersProps {
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
}

/** Filters under a name: one's own, and those that the centre shares. */
export function SavedFilters({ filter, onFilter }: SavedFiltersProps) {
  const text = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      destroyOnHidden
      content={
        <FilterList
          filter={filter}
          onFilter={(next) => {
            setOpen(false);
            onFilter(next);
          }}
        />
      }
    >
      <button type="button" className="button" aria-expanded={isOpen}>
        {text.desk.savedFilters}
      </button>
    </Popover>
  );
}

function FilterList({ filter, onFilter }: SavedFiltersProps) {
  const text = useText();
  const { items, fault, reload } = useList('/api/filters', SavedFilter);
  const change = useChange(reload);
  return (
    <section className="saved-filters">
      <FaultNote fault={fault ?? change.fault} onRetry={reload} onClose={change.forgive} />
      {items?.length === 0 && <p className="soft">{text.desk.noSavedFilters}</p>}
      <ul>
        {items?.map(({ id, name, shared, query, mayDelete }) => (
          <li key={id}>
            <button type="button" className="crumb" onClick={() => onFilter(query)}>
              {name}
            </button>
            {shared && <span className="tag">{text.desk.sharedHere}</span>}
            {mayDelete && (
              <button
                type="button"
                className="button"
                aria-label={`${text.desk.remove} ${name}`}
                disabled={change.isBusy}
                onClick={() => void change.run(() => askRaw(`/api/filters/${id}`, { method: 'DELETE' }))}
              >
                ×
              </button>
            )}
          </li>
        ))}
      </ul>
      <SaveForm
        isBusy={change.isBusy}
        onSave={(name, shared) =>
          change.run(() =>
            ask('/api/filters', SavedFilter, { method: 'POST', body: { name, shared, query: filter } }),
          )
        }
      />
    </section>
  );
}

function SaveForm({
  isBusy,
  onSave,
}: {
  isBusy: boolean;
  onSave: (name: string, shared: boolean) => Promise<boolean>;
}) {
  const text = useText();
  const [name, setName] = useState('');
  const [isShared, setShared] = useState(false);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void onSave(name.trim(), isShared).then((isSaved) => isSaved && setName(''));
      }}
    >
      <input
        className="field"
        value={name}
        maxLength={40}
        placeholder={text.desk.filterName}
        aria-label={text.desk.filterName}
        onChange={({ target }) => setName(target.value)}
      />
      <Checkbox checked={isShared} onChange={({ target }) => setShared(target.checked)}>
        {text.desk.filterShared}
      </Checkbox>
      <button type="submit" className="button is-primary" disabled={isBusy || name.trim() === ''}>
        {text.desk.saveFilter}
      </button>
    </form>
  );
}
