import { type Checkpoint, nameIn, VISIT_ORDERS, type VisitPlanDraft } from '@app/shared';
import { setPlan, type Ground } from '../../../link/ground.js';
import { HttpFault } from '../../../link/http.js';
import { useLanguage, useText } from '../../../ui/catalogue.js';
import { useChange } from '../../admin/use-change.js';
import { VersionedNote } from '../../admin/versioned-note.js';
import { moved, planPoints, planVisits } from './plan-points.js';

interface PlanEditorProps {
  readonly callSign: string;
  readonly draft: VisitPlanDraft;
  readonly ground: Ground;
  readonly isChanged: boolean;
  readonly mayChange: boolean;
  readonly onDraft: (draft: VisitPlanDraft) => void;
  readonly onSaved: () => void;
  /** What somebody else saved meanwhile stands. */
  readonly onTheirs: () => void;
}

/** What a team's shifts visit under a level: whole beats, and places in their order. */
export function PlanEditor(props: PlanEditorProps) {
  const { callSign, draft, ground, isChanged, mayChange, onDraft, onSaved, onTheirs } = props;
  const text = useText();
  const language = useLanguage((choice) => choice.language);
  const change = useChange(onSaved);
  const isStale = change.fault instanceof HttpFault && change.fault.code === 'visit-plan.stale';
  const takeTheirs = () => {
    change.forgive();
    onTheirs();
  };
  const count = planPoints(draft, ground.points).length;
  return (
    <section className="patrol-part shape-sheet plan-editor">
      <h3>
        {callSign} · {text.patrol.level[draft.level]}
      </h3>
      <p className="soft">
        {count === 0 ? text.ground.planEmpty : text.ground.planAsks(count, planVisits(draft, ground.points))}
      </p>
      {draft.version === 0 && draft.level !== 3 && <p className="soft">{text.ground.sameAsDaily}</p>}
      <fieldset className="shape-form" disabled={!mayChange}>
        <label>
          {text.ground.order}
          <select
            className="button"
            value={draft.order}
            onChange={({ target }) =>
              onDraft({ ...draft, order: VISIT_ORDERS.find((order) => order === target.value) ?? 'free' })
            }
          >
            {VISIT_ORDERS.map((order) => (
              <option key={order} value={order}>
                {text.ground.orderOf[order]}
              </option>
            ))}
          </select>
        </label>
        <div role="group" aria-label={text.ground.planBeats}>
          <span className="soft">{text.ground.planBeats}</span>
          <div className="shape-row">
            {ground.beats.map((beat) => (
              <label key={beat.id} className="shape-check">
                <input
                  type="checkbox"
                  checked={draft.beats.includes(beat.id)}
                  onChange={({ target }) =>
                    onDraft({
                      ...draft,
                      beats: target.checked
                        ? [...draft.beats, beat.id]
                        : draft.beats.filter((id) => id !== beat.id),
                    })
                  }
                />
                {nameIn(beat.names, language)}
              </label>
            ))}
          </div>
        </div>
        <Stops draft={draft} points={ground.points} onDraft={onDraft} />
      </fieldset>
      <VersionedNote {...change} takeTheirs={isStale ? takeTheirs : undefined} keepMine={undefined} />
      {mayChange ? (
        <p className="note-acts">
          <button
            type="button"
            className="button is-primary"
            disabled={!isChanged || change.isBusy}
            onClick={() => void change.run(() => setPlan(draft))}
          >
            {text.ground.savePlan}
          </button>
        </p>
      ) : (
        <p className="soft">{text.ground.readOnly}</p>
      )}
      <p className="soft">{text.ground.planHint}</p>
    </section>
  );
}

interface StopsProps {
  readonly draft: VisitPlanDraft;
  readonly points: readonly Checkpoint[];
  readonly onDraft: (draft: VisitPlanDraft) => void;
}

function Stops({ draft, points, onDraft }: StopsProps) {
  const text = useText();
  const language = useLanguage((choice) => choice.language);
  const set = (checkpoints: string[]) => onDraft({ ...draft, checkpoints });
  const nameOf = (id: string) => {
    const point = points.find((one) => one.id === id);
    return point ? nameIn(point.names, language) : '—';
  };
  return (
    <div role="group" aria-label={text.ground.planPoints}>
      <span className="soft">{text.ground.planPoints}</span>
      <ol className="plan-stops">
        {draft.checkpoints.map((id, i) => (
          <li key={id}>
            <span>
              {i + 1}. {nameOf(id)}
            </span>
            {(
              [
                ['↑', text.ground.moveUp, () => moved(draft.checkpoints, id, -1)],
                ['↓', text.ground.moveDown, () => moved(draft.checkpoints, id, 1)],
                ['×', text.ground.takeOut, () => draft.checkpoints.filter((other) => other !== id)],
              ] as const
            ).map(([sign, label, next]) => (
              <button
                key={sign}
                type="button"
                className="button is-small"
                aria-label={`${label} ${nameOf(id)}`}
                title={label}
                onClick={() => set(next())}
              >
                {sign}
              </button>
            ))}
          </li>
        ))}
      </ol>
      <select
        className="button"
        value=""
        aria-label={text.ground.addPoint}
        onChange={({ target }) => target.value !== '' && set([...draft.checkpoints, target.value])}
      >
        <option value="">{text.ground.addPoint}</option>
        {points
          .filter(({ id }) => !draft.checkpoints.includes(id))
          .map((point) => (
            <option key={point.id} value={point.id}>
              {nameIn(point.names, language)}
            </option>
          ))}
      </select>
    </div>
  );
}
