import type { IncidentItem } from '@app/shared';
import { Select } from 'antd';
import { useEffect, useState } from 'react';
import { fetchIncidents } from '../../link/incidents.js';
import { useText } from '../../ui/catalogue.js';
import { usePlaceText } from '../desk/use-place-text.js';

const PAUSE_MS = 150;
const MOST = 12;

interface IncidentLinkProps {
  readonly centre: string;
  readonly value: string | undefined;
  readonly onChange: (incident: string | undefined) => void;
}

/** The incident that a line of the log is about: found by number, place or what was told; the latest ones at first. */
export function IncidentLink({ centre, value, onChange }: IncidentLinkProps) {
  const text = useText();
  const placeOf = usePlaceText();
  const [typed, setTyped] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [found, setFound] = useState<readonly IncidentItem[]>([]);
  useEffect(() => {
    if (!isOpen) return undefined;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      const query = new URLSearchParams({ centre, limit: String(MOST) });
      if (typed.trim() !== '') query.set('q', typed.trim());
      // Without an answer the line is written without a link.
      fetchIncidents(query, stop.signal).then(
        ({ items }) => stop.signal.aborted || setFound(items),
        () => undefined,
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [centre, typed, isOpen]);
  return (
    <Select
      className="log-incident"
      {...(value === undefined ? {} : { value })}
      allowClear
      showSearch={{ filterOption: false, onSearch: setTyped }}
      placeholder={text.duty.logIncident}
      aria-label={text.duty.logIncident}
      popupMatchSelectWidth={false}
      notFoundContent={text.desk.noIncidents}
      optionLabelProp="short"
      options={found.map((item) => ({
        value: item.id,
        short: item.number,
        label: (
          <span className="log-incident-option">
            <b className="number">{item.number}</b> {text.category[item.category]}{' '}
            <span className="soft">{placeOf(item)}</span>
          </span>
        ),
      }))}
      onOpenChange={setOpen}
      onChange={(picked?: string) => onChange(picked)}
    />
  );
}
