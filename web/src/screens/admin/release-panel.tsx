import { type ForceRelease, MOST_KEPT_DAYS, POSITION_RELEASES } from '@app/shared';
import { useState } from 'react';
import { changeRelease, fetchReleases } from '../../link/forces.js';
import { useFetched } from '../../link/use-fetched.js';
import { useText } from '../../ui/catalogue.js';
import { FaultNote } from '../desk/fault-note.js';
import { NumberField } from './number-field.js';
import { Picked } from './picked.js';
import { useChange } from './use-change.js';
import './release.css';

const READ_MS = 60_000;

interface ReleasePanelProps {
  /** Which forces this session decides for. */
  readonly mine: readonly string[];
}

/** What each force releases of its teams; changed by whoever speaks for it. */
export function ReleasePanel({ mine }: ReleasePanelProps) {
  const text = useText();
  const { value, fault, reload } = useFetched({
    subject: 'releases',
    everyMs: READ_MS,
    read: fetchReleases,
  });
  return (
    <section className="releases">
      <h3>{text.patrol.releases}</h3>
      <p className="soft">{text.patrol.releaseHint}</p>
      <p className="soft">{text.patrol.keptHint(MOST_KEPT_DAYS)}</p>
      <FaultNote fault={fault} onRetry={reload} />
      {value
        ?.filter(({ force }) => mine.includes(force))
        .map((release) => (
          <ReleaseLine key={`${release.force}:${release.version}`} release={release} onDone={reload} />
        ))}
    </section>
  );
}

/** What one force releases, and for how long its tracks are kept; nothing of it holds before it is saved. */
function ReleaseLine({ release, onDone }: { release: ForceRelease; onDone: () => void }) {
  const text = useText();
  const change = useChange(onDone);
  const [edited, setEdited] = useState<Partial<Terms>>({});
  const { force, version } = release;
  const terms = { ...termsOf(release), ...edited };
  const { positions, strength, fullDays, keptDays } = terms;
  const put = (part: Partial<Terms>) => setEdited((before) => ({ ...before, ...part }));
  const fault = daysFault(terms);
  const save = () =>
    void change.run(() => changeRelease(force, { version, ...terms, keptDays: keptDays ?? MOST_KEPT_DAYS }));
  return (
    <div className="release-line">
      <b>{text.force[force]}</b>
      <label>
        {text.patrol.positionsOf}{' '}
        <Picked
          options={POSITION_RELEASES}
          value={positions}
          textOf={(key) => text.patrol.positions[key]}
          onPick={(chosen) => chosen && put({ positions: chosen })}
        />
      </label>
      <label>
        <input
          type="checkbox"
          checked={strength}
          onChange={({ target }) => put({ strength: target.checked })}
        />{' '}
        {text.patrol.strengthTold}
      </label>
      <label>
        {text.patrol.fullDays}{' '}
        <NumberField
          {...{ value: fullDays, label: text.patrol.fullDays, min: 1, max: MOST_KEPT_DAYS }}
          placeholder={text.patrol.asTheCity}
          isWrong={fault === 'full' || fault === 'order'}
          onChange={(days) => put({ fullDays: days })}
        />{' '}
        {text.patrol.daysUnit}
      </label>
      <label>
        {text.patrol.keptDays}{' '}
        <NumberField
          {...{ value: keptDays, label: text.patrol.keptDays, min: 1, max: MOST_KEPT_DAYS }}
          isWrong={fault === 'kept' || fault === 'order'}
          onChange={(days) => put({ keptDays: days })}
        />{' '}
        {text.patrol.daysUnit}
      </label>
      {fault && (
        <p className="is-warned" role="alert">
          {text.patrol.daysFault[fault]}
        </p>
      )}
      <button
        type="button"
        className="button is-primary"
        disabled={change.isBusy || fault !== undefined || Object.keys(edited).length === 0}
        onClick={save}
      >
        {text.desk.admin.save}
      </button>
      <FaultNote fault={change.fault} onClose={change.forgive} />
    </div>
  );
}

/** As they are being written: a number may be missing for a while. */
type Terms = Pick<ForceRelease, 'positions' | 'strength' | 'fullDays'> & { keptDays: number | null };

const termsOf = ({ positions, strength, fullDays, keptDays }: ForceRelease): Terms => ({
  positions,
  strength,
  fullDays,
  keptDays,
});

const isDays = (days: number): boolean => Number.isInteger(days) && days >= 1 && days <= MOST_KEPT_DAYS;

/** What the server would refuse: days out of bounds, or more days whole than kept at all. */
function daysFault({ fullDays, keptDays }: Terms): 'full' | 'kept' | 'order' | undefined {
  if (fullDays !== null && !isDays(fullDays)) return 'full';
  if (keptDays === null || !isDays(keptDays)) return 'kept';
  return fullDays !== null && fullDays > keptDays ? 'order' : undefined;
}
