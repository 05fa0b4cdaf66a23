import { nameIn, toMs, type Visit } from '@app/shared';
import { useState } from 'react';
import type { Kept } from '../../link/handheld-box.js';
import { handheldSync } from '../../store/handheld.store.js';
import { useLanguage, useText } from '../../ui/catalogue.js';
import { clockText } from '../../ui/time-format.js';
import { Sheet } from './sheet.js';

/** The team's own record of the last day: what was made, what was not and why; each may be contested with a note. */
export function VisitRecord({ kept }: { kept: Kept }) {
  const text = useText();
  const language = useLanguage((choice) => choice.language);
  const [contested, setContested] = useState<Visit>();
  const judged = kept.handheld.visits.filter(({ state, flags }) => state !== 'due' || flags.length > 0);
  const { checkIns } = kept.handheld;
  if (judged.length + checkIns.length === 0) return null;
  return (
    <details className="hh-record">
      <summary>{text.handheld.record}</summary>
      <ul>
        {judged.toReversed().map((visit) => (
          <li key={visit.id}>
            <span>
              {nameIn(visit.names, language)} {clockText(toMs(visit.windowFrom), kept.timeZone)}
            </span>
            <span className="hh-state">
              {[
                visit.credit ? text.ground.credit[visit.credit] : text.ground.visitPhase[visit.phase],
                ...visit.flags.map((flag) => text.ground.flag[flag]),
              ].join(text.listComma)}
            </span>
            {visit.actions.includes('contest') && (
              <button type="button" className="hh-quiet" onClick={() => setContested(visit)}>
                {text.handheld.contest}
              </button>
            )}
          </li>
        ))}
        {checkIns.map(({ id, names, at, doubt }) => (
          <li key={id}>
            <span>
              {text.handheld.did['check-in']} {nameIn(names, language)} {clockText(toMs(at), kept.timeZone)}
            </span>
            <span className="hh-state">{doubt ? text.handheld.doubt[doubt] : text.handheld.believed}</span>
          </li>
        ))}
      </ul>
      {contested && <ContestSheet visit={contested} onClose={() => setContested(undefined)} />}
    </details>
  );
}

function ContestSheet({ visit, onClose }: { visit: Visit; onClose: () => void }) {
  const text = useText();
  const language = useLanguage((choice) => choice.language);
  const [note, setNote] = useState('');
  const send = async () => {
    const { id, version, names } = visit;
    await handheldSync.add({ kind: 'contest', visit: id, version, note }, nameIn(names, language));
    onClose();
  };
  return (
    <Sheet title={text.handheld.contest} onClose={onClose}>
      <p>{nameIn(visit.names, language)}</p>
      <label>
        {text.handheld.contestWhy}
        <textarea value={note} maxLength={1000} onChange={({ target }) => setNote(target.value)} />
      </label>
      <button
        type="button"
        className="hh-wide is-main"
        disabled={note.trim() === ''}
        onClick={() => void send()}
      >
        {text.handheld.send}
      </button>
    </Sheet>
  );
}
