import { type Force, ForceRelease, MOST_KEPT_DAYS, POSITION_RELEASES } from '@app/shared';
import { changeRelease, fetchReleases } from '../../link/forces.js';
import { type Fetched, useFetched } from '../../link/use-fetched.js';
import { useText } from '../../ui/catalogue.js';
import { FaultNote } from '../desk/fault-note.js';
import { boundsOf, NumberField } from './number-field.js';
import { Picked } from './picked.js';
import { useVersioned } from './use-versioned.js';
import { VersionedNote } from './versioned-note.js';
import './release.css';

const READ_MS = 60_000;
const { shape } = ForceRelease;

interface ReleasePanelProps {
  /** Which forces this session decides for. */
  readonly mine: readonly string[];
}

/** What each force releases of its teams; changed by whoever speaks for it. */
export function ReleasePanel({ mine }: ReleasePanelProps) {
  const text = useText();
  const releases = useFetched({
    subject: 'releases',
    everyMs: READ_MS,
    read: fetchReleases,
  });
  const { value, fault, reload } = releases;
  return (
    <section className="releases">
      <h3>{text.patrol.releases}</h3>
      <p className="soft">{text.patrol.releaseHint}</p>
      <p className="soft">{text.patrol.keptHint(MOST_KEPT_DAYS)}</p>
      <FaultNote fault={fault} onRetry={reload} />
      {value
        ?.filter(({ force }) => mine.includes(force))
        .map((release) => (
          <ReleaseLine key={release.force} force={release.force} read={{ ...releases, value: release }} />
        ))}
    </section>
  );
}

interface ReleaseLineProps {
  readonly force: Force;
  readonly read: Fetched<ForceRelease>;
}

/** What one force releases, and for how long its tracks are kept; nothing of it holds before it is saved. */
function ReleaseLine({ force, read }: ReleaseLineProps) {
  const text = useText();
  const edited = useVersioned<Terms & Pick<ForceRelease, 'version'>, Terms>(read, {
    write: ({ keptDays, ...terms }) =>
      changeRelease(force, { ...terms, ...(keptDays === null ? {} : { keptDays }) }),
  });
  const { draft, isChanged, isBusy, edit, save, keepMine } = edited;
  if (!draft) return null;
  const { positions, strength, fullDays, keptDays } = draft;
  // What is saved is whole: what is seen when it is saved, not what was read since.
  const put = (part: Partial<Terms>) => edit({ positions, strength, fullDays, keptDays, ...part });
  const fault = daysFault(draft);
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
          {...boundsOf(shape.keptDays)}
          value={fullDays}
          label={text.patrol.fullDays}
          placeholder={text.patrol.asTheCity}
          isWrong={fault === 'full' || fault === 'order'}
          onChange={(days) => put({ fullDays: days })}
        />{' '}
        {text.patrol.daysUnit}
      </label>
      <label>
        {text.patrol.keptDays}{' '}
        <NumberField
          {...boundsOf(shape.keptDays)}
          value={keptDays}
          label={text.patrol.keptDays}
          isWrong={fault === 'kept' || fault === 'order'}
          onChange={(days) => put({ keptDays: days })}
        />{' '}
        {text.patrol.daysUnit}
      </label>
      {fault && (
        <p className="is-warned" role="alert">
          {text.patrol.daysFault[fault](MOST_KEPT_DAYS)}
        </p>
      )}
      <button
        type="button"
        className="button is-primary"
        disabled={isBusy || fault !== undefined || !isChanged}
        onClick={() => void save()}
      >
        {text.desk.admin.save}
      </button>
      <VersionedNote {...edited} keepMine={fault === undefined ? keepMine : undefined} />
    </div>
  );
}

/** As they are being written: a number may be missing for a while. */
type Terms = Pick<ForceRelease, 'positions' | 'strength' | 'fullDays'> & { keptDays: number | null };

/** What the server would refuse: days out of bounds, or more days whole than kept at all. */
function daysFault({ fullDays, keptDays }: Terms): 'full' | 'kept' | 'order' | undefined {
  if (!shape.fullDays.safeParse(fullDays).success) return 'full';
  if (!shape.keptDays.safeParse(keptDays).success) return 'kept';
  return (fullDays ?? 1) > (keptDays ?? MOST_KEPT_DAYS) ? 'order' : undefined;
}
