import { type Duplicate, type Incident, toMs } from '@app/shared';
import { useEffect, useState } from 'react';
import { useInstallation } from '../../link/installation.js';
import { fetchDuplicates } from '../../link/incidents.js';
import { useText } from '../../ui/catalogue.js';
import { momentText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';

export type Told = Pick<Incident, 'category' | 'lng' | 'lat'> & { readonly id?: string };

/** Incidents that may be the same as what is told, asked for anew when that changes; undefined until they are known. */
export function useDuplicates(told: Told | undefined): readonly Duplicate[] | undefined {
  const [found, setFound] = useState<readonly Duplicate[]>();
  const { category, lng, lat, id } = told ?? {};
  useEffect(() => {
    setFound(undefined);
    if (category === undefined || lng === undefined || lat === undefined) return undefined;
    const stop = new AbortController();
    fetchDuplicates({ category, lng, lat, ...(id ? { id } : {}) }, stop.signal).then(setFound, () => {
      if (!stop.signal.aborted) setFound([]);
    });
    return () => stop.abort();
  }, [category, lng, lat, id]);
  return found;
}

/** Which of the likely ones it is the same as: each with its score and why. */
export function DuplicateChoice({
  told,
  value,
  onPick,
}: {
  told: Told;
  value: string | undefined;
  onPick: (id: string) => void;
}) {
  const text = useText();
  const found = useDuplicates(told);
  if (!found) return <span className="soft">{text.state.loading}</span>;
  if (found.length === 0) return <span className="soft">{text.flow.noDuplicates}</span>;
  return (
    <span className="duplicates" role="radiogroup" aria-label={text.flow.duplicates}>
      {found.map((one) => (
        <label key={one.id}>
          <input type="radio" name="into" checked={value === one.id} onChange={() => onPick(one.id)} />{' '}
          <DuplicateWords duplicate={one} />
        </label>
      ))}
    </span>
  );
}

/** A candidate in one line. */
export function DuplicateWords({ duplicate }: { duplicate: Duplicate }) {
  const text = useText();
  const now = useNow();
  const { settings } = useInstallation();
  const { number, status, since, score, why } = duplicate;
  return (
    <span className="duplicate">
      <span>
        <b>{number}</b> {text.status[status]} {momentText(toMs(since), now, settings.timeZone)}
      </span>
      <span className="soft">
        {text.flow.duplicateWhy(Math.round(score * 100), why.distanceM, why.minutesApart, why.sameGrid)}
      </span>
    </span>
  );
}
