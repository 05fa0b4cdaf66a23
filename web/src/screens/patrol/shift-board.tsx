import { type PatrolShift, toMs } from '@app/shared';
import { useMemo } from 'react';
import { useInstallation } from '../../link/installation.js';
import { type Texts, useText } from '../../ui/catalogue.js';
import { clockText, momentText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { boardRows, type BoardRow, placeOf } from './board-rows.js';

const HOUR_MS = 3_600_000;
const MARK_HOURS = 6;

interface Span {
  readonly from: number;
  readonly to: number;
}

interface ShiftBoardProps {
  readonly shifts: readonly PatrolShift[];
  readonly span: Span;
  readonly picked: string | undefined;
  readonly onPick: (id: string) => void;
}

/** Each team's shifts on a line of time: who is on now, and who comes next. */
export function ShiftBoard({ shifts, span, picked, onPick }: ShiftBoardProps) {
  const text = useText();
  const rows = useMemo(() => boardRows(shifts), [shifts]);
  if (rows.length === 0) return <p className="panel-empty">{text.patrol.noShifts}</p>;
  return (
    <div className="board" role="table" aria-label={text.patrol.board}>
      <div className="board-row is-head" role="row">
        <span role="columnheader">{text.desk.callSign}</span>
        <span role="columnheader">{text.patrol.onNow}</span>
        <span role="columnheader">{text.patrol.next}</span>
        <Hours span={span} />
      </div>
      {rows.map((row) => (
        <Row key={row.team} row={row} span={span} picked={picked} onPick={onPick} />
      ))}
    </div>
  );
}

function Row({ row, span, picked, onPick }: Omit<ShiftBoardProps, 'shifts'> & { row: BoardRow }) {
  const text = useText();
  const now = useNow();
  const { settings } = useInstallation();
  const when = (at: string) => momentText(toMs(at), now, settings.timeZone);
  return (
    <div className="board-row" role="row">
      <b role="cell">{row.callSign}</b>
      <span role="cell" className={row.on.length === 0 ? 'soft' : ''}>
        {row.on.map((s) => text.patrol.crewUntil(s.crew, when(s.endsAt))).join(' · ') || text.patrol.nobody}
      </span>
      <span role="cell" className="soft">
        {row.next ? text.patrol.crewFrom(row.next.crew, when(row.next.startsAt)) : '—'}
      </span>
      <div role="cell" className="board-line">
        <Now span={span} now={now} />
        {row.shifts.map((shift) => (
          <Bar
            key={shift.id}
            shift={shift}
            span={span}
            isPicked={picked === shift.id}
            onPick={() => onPick(shift.id)}
          />
        ))}
      </div>
    </div>
  );
}

interface BarProps {
  readonly shift: PatrolShift;
  readonly span: Span;
  readonly isPicked: boolean;
  readonly onPick: () => void;
}

function Bar({ shift, span, isPicked, onPick }: BarProps) {
  const text = useText();
  const { settings } = useInstallation();
  const { left, width } = placeOf(shift, span);
  if (width <= 0) return null;
  return (
    <button
      type="button"
      className={`board-bar is-${shift.state}`}
      aria-pressed={isPicked}
      title={shiftTitle(shift, text, settings.timeZone)}
      style={{ left: `${left}%`, width: `${width}%` }}
      onClick={onPick}
    >
      {text.patrol.crewMark(shift.crew)}
    </button>
  );
}

/** One shift in a line: slot, crew and its hours. */
export function shiftTitle(
  { callSign, slot, crew, startsAt, endsAt }: PatrolShift,
  text: Texts,
  timeZone: string,
): string {
  const hours = `${clockText(toMs(startsAt), timeZone)}–${clockText(toMs(endsAt), timeZone)}`;
  return `${callSign} · ${text.patrol.slot[slot]} ${hours} · ${text.patrol.crewName(crew)}`;
}

function Hours({ span }: { span: Span }) {
  const { settings } = useInstallation();
  const count = Math.floor((span.to - span.from) / HOUR_MS / MARK_HOURS);
  return (
    <div className="board-line is-hours" aria-hidden>
      {Array.from({ length: count }, (_, i) => {
        const at = span.from + i * MARK_HOURS * HOUR_MS;
        return (
          <small key={at} style={{ left: `${(100 * (at - span.from)) / (span.to - span.from)}%` }}>
            {clockText(at, settings.timeZone)}
          </small>
        );
      })}
    </div>
  );
}

function Now({ span, now }: { span: Span; now: number }) {
  if (Number.isNaN(now)) return null;
  return (
    <i className="board-now" style={{ left: `${(100 * (now - span.from)) / (span.to - span.from)}%` }} />
  );
}
