import { toInstant, toMs } from '@app/shared';
import { Popover } from 'antd';
import { useState } from 'react';
import { useInstallation } from '../../link/installation.js';
import { useText } from '../../ui/catalogue.js';
import { instantOf, wallTimeOf } from '../../ui/wall-time.js';
import { WallTimeField } from '../../ui/wall-time-field.js';
import type { Filter } from './incident-filter.js';

export interface TimeRangeProps {
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
}

/** When the incidents asked for were reported, on the clock of the city. */
export function TimeRange({ filter, onFilter }: TimeRangeProps) {
  const text = useText();
  const [isOpen, setOpen] = useState(false);
  const isSet = filter['since'] !== undefined || filter['until'] !== undefined;
  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomLeft"
      destroyOnHidden
      content={
        <RangeForm
          filter={filter}
          onFilter={(next) => {
            setOpen(false);
            onFilter(next);
          }}
        />
      }
    >
      <button type="button" className={`button ${isSet ? 'is-primary' : ''}`} aria-expanded={isOpen}>
        {text.desk.searchTime}
      </button>
    </Popover>
  );
}

function RangeForm({ filter, onFilter }: TimeRangeProps) {
  const text = useText();
  const { timeZone } = useInstallation().settings;
  const wall = (at: string | undefined) => (at === undefined ? '' : wallTimeOf(toMs(at), timeZone));
  const [since, setSince] = useState(wall(filter['since']));
  const [until, setUntil] = useState(wall(filter['until']));
  const isBackwards = since !== '' && until !== '' && since >= until;
  const { since: _since, until: _until, ...rest } = filter;
  const bound = (key: string, told: string) => {
    const ms = instantOf(told, timeZone);
    return Number.isNaN(ms) ? {} : { [key]: toInstant(ms) };
  };
  return (
    <form
      className="range-form"
      onSubmit={(event) => {
        event.preventDefault();
        onFilter({ ...rest, ...bound('since', since), ...bound('until', until) });
      }}
    >
      <WallTimeField label={text.desk.timeFrom} value={since} onChange={setSince} autoFocus />
      <WallTimeField label={text.desk.timeUntil} value={until} onChange={setUntil} />
      {isBackwards && <p className="is-warned">{text.desk.timeBad}</p>}
      <div className="note-acts">
        <button type="submit" className="button is-primary" disabled={isBackwards}>
          {text.desk.apply}
        </button>
        <button type="button" className="button" onClick={() => onFilter(rest)}>
          {text.desk.clear}
        </button>
      </div>
    </form>
  );
}
