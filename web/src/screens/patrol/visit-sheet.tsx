import { type Force, nameIn, type PointCover, toMs, type Visit, type VisitAction } from '@app/shared';
import { useState } from 'react';
import { useInstallation } from '../../link/installation.js';
import { stepVisit } from '../../link/ground.js';
import { useLanguage, useText } from '../../ui/catalogue.js';
import { PointMark } from '../../ui/point-mark.js';
import { momentText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { useChange } from '../admin/use-change.js';
import { EraseWords } from '../desk/erase-words.js';
import { FaultNote } from '../desk/fault-note.js';
import { WrittenWords } from '../desk/written-words.js';
import { Age } from '../../ui/panel.js';
import { flagsOf, markOf } from './visit-rows.js';
import { minutesOf, phaseText, stayText } from './visit-table.js';

interface VisitSheetProps {
  readonly visit: Visit;
  /** How its checkpoint stands over all of its visits. */
  readonly cover: PointCover | undefined;
  readonly observedAt: number | null;
  readonly onDone: () => void;
}

/** One visit: what was wanted, what was seen, why it is credited or not, and what may be said against it. */
export function VisitSheet({ visit, cover, observedAt, onDone }: VisitSheetProps) {
  const text = useText();
  const language = useLanguage((choice) => choice.language);
  const { settings } = useInstallation();
  const forces = (list: readonly Force[]) => list.map((force) => text.force[force]).join(text.ground.and);
  const stay = stayText(visit, text, settings.timeZone);
  return (
    <section className="shift-sheet visit-sheet">
      <p>
        <PointMark state={markOf(visit)} /> <b>{nameIn(visit.names, language)}</b> · {visit.callSign}{' '}
        <Age at={observedAt} />
      </p>
      <p>
        {phaseText(visit, text)}
        {visit.credit !== null && visit.credit !== 'contest' && ` · ${text.ground.credit[visit.credit]}`}
        {flagsOf(visit).map((flag) => ` · ${text.ground.flag[flag]}`)}
        {stay && ` · ${stay}`}
      </p>
      <p className="soft">
        {text.ground.wantedStay(visit.dwellS)}
        {visit.wanted.length > 0 && ` · ${text.ground.wantedForces(forces(visit.wanted))}`}
        {visit.forces.length > 0 && ` · ${text.ground.presentForces(forces(visit.forces))}`}
      </p>
      {visit.refusal !== null && <p>{text.ground.refusedWhy(text.ground.refusal[visit.refusal])}</p>}
      <ContestWords visit={visit} onDone={onDone} />
      <ContestForm visit={visit} onDone={onDone} />
      {cover && <Dose cover={cover} />}
    </section>
  );
}

function ContestWords({
  visit: { id, contest, actions },
  onDone,
}: Pick<VisitSheetProps, 'visit' | 'onDone'>) {
  const text = useText();
  const now = useNow();
  const { settings, session } = useInstallation();
  if (!contest) return null;
  const when = (at: string) => momentText(toMs(at), now, settings.timeZone);
  const isOwn = contest.state === 'open' && actions.length === 0 && session.account.role === 'commander';
  return (
    <div className="visit-contest">
      <p>
        <span className="soft">{text.ground.contested(when(contest.at))}</span>{' '}
        <WrittenWords words={contest.note} />
      </p>
      {contest.answer !== null && contest.answeredAt !== null && (
        <p>
          <span className="soft">
            {text.ground.decided(text.ground.contestState[contest.state], when(contest.answeredAt))}
          </span>{' '}
          <WrittenWords words={contest.answer} />
        </p>
      )}
      {contest.state === 'open' && <p className="soft">{text.ground.contestState.open}</p>}
      {isOwn && <p className="soft">{text.ground.ownContest}</p>}
      {!contest.erased && <EraseWords of={{ kind: 'visit', id }} onDone={onDone} />}
    </div>
  );
}

/** The words stay where they are when they are refused. */
function ContestForm({ visit, onDone }: { visit: Visit; onDone: () => void }) {
  const text = useText();
  const change = useChange(onDone);
  const [note, setNote] = useState('');
  const act = async (action: VisitAction) => {
    const body = { version: visit.version, note: note.trim() };
    if (await change.run(() => stepVisit(visit.id, action, body))) setNote('');
  };
  const hint = visit.actions.includes('contest') ? text.ground.contestNote : text.ground.decisionNote;
  return (
    <>
      {visit.actions.length > 0 && (
        <>
          <textarea
            className="field"
            rows={2}
            value={note}
            maxLength={1000}
            placeholder={hint}
            aria-label={hint}
            onChange={({ target }) => setNote(target.value)}
          />
          <p className="note-acts">
            {visit.actions.map((action) => (
              <button
                key={action}
                type="button"
                className="button"
                disabled={note.trim() === '' || change.isBusy}
                onClick={() => void act(action)}
              >
                {text.ground.visitAction[action]}
              </button>
            ))}
          </p>
        </>
      )}
      <FaultNote fault={change.fault} onRetry={onDone} onClose={change.forgive} />
    </>
  );
}

/** How long somebody was there, with the hypothesis that it rests on: words, never a score. */
function Dose({ cover }: { cover: PointCover }) {
  const text = useText();
  const minutes = text.ground.minutes(minutesOf(cover.presentS * 1000));
  return (
    <div className="visit-dose">
      <p>
        {text.ground.dose}: {text.ground.doseOf(cover.visits, minutes)}
      </p>
      <p className="soft">{text.ground.doseHint}</p>
    </div>
  );
}
