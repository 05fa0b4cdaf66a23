import { type ForceRelease, POSITION_RELEASES, type PositionRelease } from '@app/shared';
import { changeRelease, fetchReleases } from '../../link/forces.js';
import { useFetched } from '../../link/use-fetched.js';
import { useText } from '../../ui/catalogue.js';
import { useChange } from '../admin/use-change.js';
import { FaultNote } from '../desk/fault-note.js';

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
    <section className="patrol-part">
      <h3>{text.patrol.releases}</h3>
      <p className="soft">{text.patrol.releaseHint}</p>
      <FaultNote fault={fault} onRetry={reload} />
      {value
        ?.filter(({ force }) => mine.includes(force))
        .map((release) => (
          <ReleaseLine key={`${release.force}:${release.version}`} release={release} onDone={reload} />
        ))}
    </section>
  );
}

function ReleaseLine({ release, onDone }: { release: ForceRelease; onDone: () => void }) {
  const text = useText();
  const change = useChange(onDone);
  const { force, version, positions, strength } = release;
  const put = (part: { positions?: PositionRelease; strength?: boolean }) =>
    void change.run(() => changeRelease(force, { version, positions, strength, ...part }));
  return (
    <div className="release-line">
      <b>{text.force[force]}</b>
      <label>
        {text.patrol.positionsOf}{' '}
        <select
          className="button"
          value={positions}
          disabled={change.isBusy}
          onChange={({ target }) => {
            const chosen = POSITION_RELEASES.find((known) => known === target.value);
            if (chosen) put({ positions: chosen });
          }}
        >
          {POSITION_RELEASES.map((key) => (
            <option key={key} value={key}>
              {text.patrol.positions[key]}
            </option>
          ))}
        </select>
      </label>
      <label>
        <input
          type="checkbox"
          checked={strength}
          disabled={change.isBusy}
          onChange={({ target }) => put({ strength: target.checked })}
        />{' '}
        {text.patrol.strengthTold}
      </label>
      <FaultNote fault={change.fault} onClose={change.forgive} />
    </div>
  );
}
