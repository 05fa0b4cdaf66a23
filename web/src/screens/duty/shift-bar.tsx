import { type DutyShiftItem, toMs } from '@app/shared';
import { useState } from 'react';
import { beginShift } from '../../link/duty.js';
import { useInstallation } from '../../link/installation.js';
import { usePerson } from '../../link/use-person.js';
import { useText } from '../../ui/catalogue.js';
import { momentText, spanText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { useChange } from '../admin/use-change.js';
import { FaultNote } from '../desk/fault-note.js';
import { PlannedEnd } from './planned-end.js';

export interface ShiftBarProps {
  readonly shift: DutyShiftItem | undefined;
  /** The shift before it, when it is known. */
  readonly previous: DutyShiftItem | undefined;
  readonly isOwn: boolean;
  readonly onDone: () => void;
}

/** Who is on duty, since when, and how long until the handover; red when it has not come. */
export function ShiftBar({ shift, previous, isOwn, onDone }: ShiftBarProps) {
  const text = useText();
  const personName = usePerson();
  const now = useNow();
  const { settings } = useInstallation();
  const change = useChange(onDone);
  const [dueAt, setDueAt] = useState('');
  if (!shift)
    return (
      <div className="shift-bar">
        <b className="is-warned">{text.duty.noShift}</b>
        {isOwn && (
          <>
            <PlannedEnd value={dueAt} onChange={setDueAt} />
            <button
              type="button"
              className="button is-primary"
              disabled={change.isBusy}
              onClick={() => void change.run(() => beginShift(dueAt === '' ? {} : { dueAt }))}
            >
              {text.duty.begin}
            </button>
          </>
        )}
        <FaultNote fault={change.fault} onClose={change.forgive} />
      </div>
    );
  const due = toMs(shift.dueAt);
  const clock = (at: number) => momentText(at, now, settings.timeZone);
  return (
    <div className="shift-bar">
      <b className={`shift-state is-${shift.state}`}>{text.duty.state[shift.state]}</b>
      <span>{text.duty.officer(personName(shift.officer))}</span>
      <span className="soft">{text.duty.since(clock(toMs(shift.since)))}</span>
      <span className={due < now ? 'due is-over' : 'due'}>
        {due < now
          ? text.duty.overdueBy(clock(due), spanText(now - due, text))
          : text.duty.dueAt(clock(due), spanText(due - now, text))}
      </span>
      {shift.overran && <b className="tag is-abnormal">{text.duty.overran}</b>}
      {previous?.state === 'lapsed' && (
        <span className="is-abnormal">
          {text.duty.previousLapsed(personName(previous.officer), previous.reason ?? '—')}
        </span>
      )}
    </div>
  );
}
