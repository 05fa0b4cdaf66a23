import { CATEGORIES, INCIDENT_STATUSES, SEVERITIES, toMs } from '@app/shared';
import { Checkbox, Input, Segmented, Select } from 'antd';
import { useInstallation } from '../../link/installation.js';
import { type Texts, useText } from '../../ui/catalogue.js';
import { momentText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { ExportMenu } from './export-menu.js';
import { type Filter, hasBounds } from './incident-filter.js';
import { SavedFilters } from './saved-filters.js';
import { TimeRange } from './time-range.js';

export interface FilterBarProps {
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
  /** How many incidents a figure named one by one; the list then shows exactly those. */
  readonly named: number | undefined;
  /** What the server is asked for the list that is shown. */
  readonly query: string;
  readonly onFault: (fault: unknown) => void;
}

/** What the list is narrowed by; every choice stands in the page's address. */
export function FilterBar({ filter, onFilter, named, query, onFault }: FilterBarProps) {
  const text = useText();
  const set = (key: string, value: string | undefined) => {
    const { [key]: _old, ...rest } = filter;
    onFilter(value === undefined || value === '' ? rest : { ...rest, [key]: value });
  };
  const several = (key: string, label: string, options: readonly { value: string; label: string }[]) => (
    <Select
      className="filter"
      mode="multiple"
      allowClear
      maxTagCount="responsive"
      placeholder={label}
      aria-label={label}
      value={filter[key]?.split(',') ?? []}
      options={[...options]}
      showSearch={{ optionFilterProp: 'label' }}
      onChange={(values: string[]) => set(key, values.join(','))}
    />
  );
  return (
    <div className="filters">
      <Segmented
        value={filter['open'] ?? 'true'}
        options={[
          { value: 'true', label: text.desk.openOnly },
          { value: 'false', label: text.desk.endedOnly },
          { value: 'any', label: text.desk.allIncidents },
        ]}
        onChange={(value) => set('open', value === 'true' ? undefined : value)}
      />
      {several('status', text.desk.statusOf, labelled(INCIDENT_STATUSES, text.status))}
      {several('category', text.desk.category, labelled(CATEGORIES, text.category))}
      {several(
        'severity',
        text.desk.severity,
        SEVERITIES.map((grade) => ({
          value: String(grade),
          label: `${text.severityLevel[grade]} ${text.severity[grade]}`,
        })),
      )}
      <Checkbox
        checked={filter['overdue'] === 'true'}
        onChange={({ target }) => set('overdue', target.checked ? 'true' : undefined)}
      >
        {text.desk.overdue}
      </Checkbox>
      <Input.Search
        // Another filter comes with other words.
        key={filter['q'] ?? ''}
        className="filter-text"
        allowClear
        maxLength={80}
        defaultValue={filter['q']}
        placeholder={text.desk.searchWords}
        aria-label={text.desk.searchWords}
        onSearch={(value) => set('q', value.trim() || undefined)}
      />
      <TimeRange filter={filter} onFilter={onFilter} />
      {named === undefined && (
        <>
          <SavedFilters filter={filter} onFilter={onFilter} />
          <ExportMenu query={query} onFault={onFault} />
        </>
      )}
      {(hasBounds(filter) || named !== undefined) && (
        <button type="button" className="button filter-bounds" onClick={() => onFilter({})}>
          {named === undefined ? <Bounds filter={filter} /> : text.desk.namedByFigure(named)} ×
        </button>
      )}
    </div>
  );
}

function labelled<Key extends string>(keys: readonly Key[], labels: Readonly<Record<Key, string>>) {
  return keys.map((value) => ({ value, label: labels[value] }));
}

/** The bounds of a figure in words, such as `上报 08:00–09:00`. */
function Bounds({ filter }: { filter: Filter }) {
  const text = useText();
  const now = useNow();
  const { settings } = useInstallation();
  const at = (key: string) => {
    const told = filter[key];
    return told === undefined ? '' : momentText(toMs(told), now, settings.timeZone);
  };
  const range = (name: string, from: string, to: string) =>
    filter[from] === undefined && filter[to] === undefined ? [] : [`${name} ${at(from)}–${at(to)}`];
  const words = [
    ...range(text.desk.reported, 'since', 'until'),
    ...range(text.action.accept, 'acceptedSince', 'acceptedUntil'),
    ...range(text.action.arrive, 'arrivedSince', 'arrivedUntil'),
    ...(filter['openAt'] === undefined ? [] : [`${text.wall.openNow} ${at('openAt')}`]),
    ...lateWords(filter, text),
    ...(filter['grid'] === undefined ? [] : [`${text.desk.grid} ${filter['grid']}`]),
  ];
  return words.join(' · ');
}

function lateWords({ late }: Filter, text: Texts): string[] {
  if (late === undefined) return [];
  return [text.desk.lateFor(late === 'accept' ? text.stage.accept : text.stage.arrive)];
}
