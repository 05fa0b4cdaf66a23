import { type PatrolShift, type PatrolShiftAction, toMs, REASON_CHARS } from '@app/shared';
import { useState } from 'react';
import { useInstallation } from '../../link/installation.js';
import { askTrade, stepPatrolShift } from '../../link/patrol.js';
import { useText } from '../../ui/catalogue.js';
import { momentText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { useChange } from '../admin/use-change.js';
import { EraseWords } from '../desk/erase-words.js';
import { FaultNote } from '../desk/fault-note.js';
import { shiftTitle } from './shift-board.js';

interface ShiftSheetProps {
  readonly shift: PatrolShift;
  /** Those that it could be traded with are among them. */
  readonly shifts: readonly PatrolShift[];
  readonly onDone: () => void;
}

/** One shift with what may be done next, and the note that one crew leaves the other. */
export function ShiftSheet({ shift, shifts, onDone }: ShiftSheetProps) {
  const text = useText();
  const now = useNow();
  const { settings } = useInstallation();
  const change = useChange(onDone);
  const [note, setNote] = useState(shift.note ?? '');
  const when = (at: string) => momentText(toMs(at), now, settings.timeZone);
  const act = (action: PatrolShiftAction) =>
    void change.run(() =>
      stepPatrolShift(shift.id, action, { version: shift.version, ...(note ? { note } : {}) }),
    );
  return (
    <section className="shift-sheet">
      <p>
        <b>{shiftTitle(shift, text, settings.timeZone)}</b> · {text.patrol.shiftState[shift.state]} ·{' '}
        {text.patrol.strengthWanted(shift.strength)}
        {shift.crewOf !== shift.team && <span className="tag">{text.patrol.traded}</span>}
        {shift.startedAt !== null && (
          <span className="soft">
            {' '}
            {text.patrol.startedAt(when(shift.startedAt))}
            {shift.byClock && ` · ${text.patrol.byClock}`}
          </span>
        )}
      </p>
      {shift.actions.length > 0 && (
        <input
          className="field"
          value={note}
          maxLength={2000}
          placeholder={text.patrol.handoverNote}
          aria-label={text.patrol.handoverNote}
          onChange={({ target }) => setNote(target.value)}
        />
      )}
      {shift.actions.length === 0 && shift.note && <p>{shift.note}</p>}
      <p className="note-acts">
        {shift.actions.map((action) => (
          <button
            key={action}
            type="button"
            className="button"
            disabled={change.isBusy}
            onClick={() => act(action)}
          >
            {text.patrol.shiftAction[action]}
          </button>
        ))}
      </p>
      {shift.note && (
        <EraseWords
          of={{ kind: 'patrol-shift', id: shift.id }}
          onDone={() => {
            setNote('');
            onDone();
          }}
        />
      )}
      {shift.state === 'planned' && shift.trade === null && (
        <TradeForm shift={shift} shifts={shifts} onDone={onDone} />
      )}
      <FaultNote fault={change.fault} onClose={change.forgive} />
    </section>
  );
}

function TradeForm({ shift, shifts, onDone }: ShiftSheetProps) {
  const text = useText();
  const { settings } = useInstallation();
  const change = useChange(onDone);
  const [take, setTake] = useState('');
  const [reason, setReason] = useState('');
  const others = shifts.filter(
    ({ id, state, crew, crewOf, trade }) =>
      id !== shift.id &&
      state === 'planned' &&
      trade === null &&
      (crew !== shift.crew || crewOf !== shift.crewOf),
  );
  if (others.length === 0) return null;
  const isReady = take !== '' && reason.trim() !== '';
  return (
    <div className="trade-form">
      <select
        className="button"
        value={take}
        aria-label={text.patrol.tradeWith}
        onChange={({ target }) => setTake(target.value)}
      >
        <option value="">{text.patrol.tradeWith}</option>
        {others.map((other) => (
          <option key={other.id} value={other.id}>
            {shiftTitle(other, text, settings.timeZone)}
          </option>
        ))}
      </select>
      <input
        className="field"
        value={reason}
        maxLength={REASON_CHARS}
        placeholder={text.patrol.tradeReason}
        aria-label={text.patrol.tradeReason}
        onChange={({ target }) => setReason(target.value)}
      />
      <button
        type="button"
        className="button"
        disabled={!isReady || change.isBusy}
        onClick={() => void change.run(() => askTrade({ give: shift.id, take, reason }))}
      >
        {text.patrol.askTrade}
      </button>
      <FaultNote fault={change.fault} onClose={change.forgive} />
    </div>
  );
}
