import { nameIn, toMs, type Visit } from '@app/shared';
import { useState } from 'react';
import { useInstallation } from '../../link/installation.js';
import { type Texts, useLanguage, useText } from '../../ui/catalogue.js';
import { PointMark } from '../../ui/point-mark.js';
import { clockText, momentText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { flagsOf, markOf } from './visit-rows.js';
import './visits.css';

/** So many lines are drawn at once; the rest on request. */
const PAGE = 200;

interface VisitTableProps {
  readonly visits: readonly Visit[];
  readonly picked: string | undefined;
  readonly onPick: (id: string) => void;
}

/** Visits, one a line: where, who, within which hours, and what became of it. */
export function VisitTable({ visits, picked, onPick }: VisitTableProps) {
  const text = useText();
  const [shown, setShown] = useState(PAGE);
  if (visits.length === 0) return <p className="panel-empty">{text.ground.noneOfThese}</p>;
  return (
    <div className="visits-box">
      <table className="visits">
        <thead>
          <tr>
            <th>{text.ground.kind.checkpoint}</th>
            <th>{text.desk.callSign}</th>
            <th>{text.ground.hours}</th>
            <th>{text.ground.became}</th>
            <th>{text.ground.contest}</th>
          </tr>
        </thead>
        <tbody>
          {visits.slice(0, shown).map((visit) => (
            <Line
              key={visit.id}
              visit={visit}
              isPicked={picked === visit.id}
              onPick={() => onPick(visit.id)}
            />
          ))}
        </tbody>
      </table>
      {visits.length > shown && (
        <button type="button" className="button is-small" onClick={() => setShown(shown + PAGE)}>
          {text.patrol.more(visits.length - shown)}
        </button>
      )}
    </div>
  );
}

interface LineProps {
  readonly visit: Visit;
  readonly isPicked: boolean;
  readonly onPick: () => void;
}

function Line({ visit, isPicked, onPick }: LineProps) {
  const text = useText();
  const now = useNow();
  const language = useLanguage((choice) => choice.language);
  const { settings } = useInstallation();
  const { timeZone } = settings;
  const mark = markOf(visit);
  return (
    <tr className={isPicked ? 'is-picked' : ''} onClick={onPick}>
      <td>
        <button type="button" className="visit-open" aria-pressed={isPicked} onClick={onPick}>
          <PointMark state={mark} /> {nameIn(visit.names, language)}
        </button>
      </td>
      <td>{visit.callSign}</td>
      <td className="soft">
        {momentText(toMs(visit.windowFrom), now, timeZone)}–{clockText(toMs(visit.windowTo), timeZone)}
      </td>
      <td>
        <span className={`visit-phase is-${mark}`}>{phaseText(visit, text)}</span>
        {flagsOf(visit).map((flag) => (
          <span key={flag} className="tag">
            {text.ground.flag[flag]}
          </span>
        ))}
        <span className="soft"> {stayText(visit, text, timeZone)}</span>
      </td>
      <td>{visit.contest && text.ground.contestState[visit.contest.state]}</td>
    </tr>
  );
}

/** What a visit stands at; one that a contest made good says so. */
export const phaseText = ({ phase, credit }: Visit, text: Texts): string =>
  credit === 'contest' ? text.ground.credit.contest : text.ground.visitPhase[phase];

/** From when to when the team was there, and for how long; nothing where it was not. */
export function stayText({ from, to }: Visit, text: Texts, timeZone: string): string {
  if (from === null || to === null) return '';
  const minutes = text.ground.minutes(minutesOf(toMs(to) - toMs(from)));
  return text.ground.thereFor(clockText(toMs(from), timeZone), clockText(toMs(to), timeZone), minutes);
}

/** Whole minutes, or one decimal below ten. */
export function minutesOf(spanMs: number): string {
  const minutes = spanMs / 60_000;
  return minutes < 10 ? String(Math.round(minutes * 10) / 10) : String(Math.round(minutes));
}
