import { toInstant, toMs } from '@app/shared';
import { useState } from 'react';
import { fetchVisits } from '../../link/ground.js';
import { useFetched } from '../../link/use-fetched.js';
import { useGround, useVisitsMark } from '../../store/use-ground.js';
import { useText } from '../../ui/catalogue.js';
import { Age } from '../../ui/panel.js';
import { serverClock } from '../../ui/server-clock.js';
import { FaultNote } from '../desk/fault-note.js';
import { CoveragePanel } from './coverage-panel.js';
import { UnlistedNote } from './unlisted-note.js';
import { VISIT_CHOICES, type VisitChoice, visitRows } from './visit-rows.js';
import { VisitSheet } from './visit-sheet.js';
import { VisitTable } from './visit-table.js';

/** The server says when there is something new; this long a hint that was lost can cost. */
const VISITS_MS = 60_000;
const DAY_MS = 86_400_000;

/** Planned and done: the visits of the shifts that are on or were lately, how they were judged, and their coverage. */
export function VisitsView({ scope }: { scope: string }) {
  const text = useText();
  const [isLastDay, setLastDay] = useState(false);
  const [choice, setChoice] = useState<VisitChoice>('all');
  const [words, setWords] = useState('');
  const [picked, setPicked] = useState<string>();
  const mark = useVisitsMark();
  const { value: ground } = useGround(scope);
  const board = useFetched({
    subject: `${scope}:${isLastDay}`,
    mark,
    everyMs: VISITS_MS,
    read: (signal) => fetchVisits({ centre: scope, ...(isLastDay ? lastDay() : {}) }, signal),
  });
  const { value } = board;
  const observedAt = value ? toMs(value.at) : null;
  const rows = visitRows(value?.items ?? [], { choice, words });
  const visit = value?.items.find(({ id }) => id === picked);
  return (
    <div className="patrol">
      <section className="patrol-main">
        <div className="filters">
          <Choices
            options={[false, true]}
            value={isLastDay}
            label={(lastDay) => (lastDay ? text.ground.lastDay : text.ground.running)}
            onPick={setLastDay}
          />
          <Choices
            options={VISIT_CHOICES}
            value={choice}
            label={(which) => text.ground.which[which]}
            onPick={setChoice}
          />
          <input
            className="field filter-text"
            type="search"
            value={words}
            placeholder={text.ground.findVisit}
            aria-label={text.ground.findVisit}
            onChange={({ target }) => setWords(target.value)}
          />
          <Age at={observedAt} />
        </div>
        <FaultNote fault={board.fault} onRetry={board.reload} />
        {value && <UnlistedNote listed={value.items.length} withheld={value.withheld} />}
        {value && value.items.length > 0 && <VisitTable visits={rows} picked={picked} onPick={setPicked} />}
      </section>
      <aside className="patrol-side">
        {visit ? (
          <VisitSheet
            key={visit.id}
            visit={visit}
            observedAt={observedAt}
            cover={value?.points.find(({ id }) => id === visit.checkpoint)}
            onDone={board.reload}
          />
        ) : (
          value && value.items.length > 0 && <p className="patrol-part soft">{text.ground.pickVisit}</p>
        )}
        {value && (
          <CoveragePanel
            coverage={value.coverage}
            withheld={value.withheld}
            observedAt={observedAt}
            ground={ground}
          />
        )}
      </aside>
    </div>
  );
}

function lastDay(): { from: string; to: string } {
  const now = serverClock.now();
  return { from: toInstant(now - DAY_MS), to: toInstant(now) };
}

interface ChoicesProps<T> {
  readonly options: readonly T[];
  readonly value: T;
  readonly label: (option: T) => string;
  readonly onPick: (option: T) => void;
}

function Choices<T extends string | boolean>({ options, value, label, onPick }: ChoicesProps<T>) {
  return (
    <span className="tabs">
      {options.map((option) => (
        <button
          key={String(option)}
          type="button"
          role="tab"
          aria-selected={option === value}
          onClick={() => onPick(option)}
        >
          {label(option)}
        </button>
      ))}
    </span>
  );
}
