import { toInstant } from '@app/shared';
import { useState } from 'react';
import { fetchBoard, fetchTrades } from '../../link/patrol.js';
import { useFetched } from '../../link/use-fetched.js';
import { versionsText } from '../../store/versions-text.js';
import { useWall } from '../../store/wall.store.js';
import { useText } from '../../ui/catalogue.js';
import { useNow } from '../../ui/use-now.js';
import { FaultNote } from '../desk/fault-note.js';
import { Age } from '../../ui/panel.js';
import { ConflictList } from './conflict-list.js';
import { LevelPanel } from './level-panel.js';
import { PlanForm } from './plan-form.js';
import { RequestList } from './request-list.js';
import { ShiftBoard } from './shift-board.js';
import { ShiftSheet } from './shift-sheet.js';
import { TradeList } from './trade-list.js';

const HOUR_MS = 3_600_000;
const READ_MS = 30_000;
/** What the board shows around the hour that runs. */
const BACK_HOURS = 6;
const SHOWN_HOURS = 54;

/** Who is on the street now and next, what would not hold, and which duty level asks for how much. */
export function ShiftsView({ scope }: { scope: string }) {
  const text = useText();
  const now = useNow();
  const running = useWall((wall) => wall.patrolShifts);
  const levels = useWall((wall) => wall.levels);
  const hour = Number.isNaN(now) ? undefined : Math.floor(now / HOUR_MS) * HOUR_MS;
  const from = (hour ?? 0) - BACK_HOURS * HOUR_MS;
  const span = { from, to: from + SHOWN_HOURS * HOUR_MS };
  const window = { centre: scope, from: toInstant(span.from), to: toInstant(span.to) };
  const asked = {
    subject: hour === undefined ? undefined : `${scope}:${hour}`,
    // Read again whenever a shift or a level begins or ends.
    mark: versionsText([...running.values(), ...levels.values()]),
    everyMs: READ_MS,
  };
  const board = useFetched({ ...asked, read: (signal) => fetchBoard(window, signal) });
  const trades = useFetched({ ...asked, read: (signal) => fetchTrades(window, signal) });
  const [picked, setPicked] = useState<string>();
  const [isPlanning, setPlanning] = useState(false);
  const reload = () => {
    board.reload();
    trades.reload();
  };
  const shifts = board.value?.items ?? [];
  const shift = shifts.find(({ id }) => id === picked);
  return (
    <div className="patrol">
      <section className="patrol-main">
        <div className="filters">
          <button type="button" className="button is-primary" onClick={() => setPlanning(true)}>
            {text.patrol.planShifts}
          </button>
          <Age at={board.readAt} />
        </div>
        <FaultNote fault={board.fault ?? trades.fault} onRetry={reload} />
        {board.value && <ShiftBoard shifts={shifts} span={span} picked={picked} onPick={setPicked} />}
        {shift && (
          <ShiftSheet key={`${shift.id}:${shift.version}`} shift={shift} shifts={shifts} onDone={reload} />
        )}
      </section>
      <aside className="patrol-side">
        {board.value && (
          <ConflictList conflicts={board.value.conflicts} shifts={shifts} readAt={board.readAt} />
        )}
        {trades.value && <TradeList trades={trades.value} readAt={trades.readAt} onDone={reload} />}
        <LevelPanel scope={scope} onDone={reload} />
        <RequestList />
      </aside>
      {isPlanning && <PlanForm scope={scope} onDone={reload} onClose={() => setPlanning(false)} />}
    </div>
  );
}
