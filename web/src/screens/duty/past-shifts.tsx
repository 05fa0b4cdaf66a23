import { type DutyShiftItem, toMs } from '@app/shared';
import { useInstallation } from '../../link/installation.js';
import { usePerson } from '../../link/use-person.js';
import { useText } from '../../ui/catalogue.js';
import { momentText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';

/** The shifts of a centre, newest first; one that overran or ended without a handover is marked. */
export function PastShifts(props: {
  shifts: readonly DutyShiftItem[];
  opened: string | undefined;
  onOpen: (id: string) => void;
}) {
  const text = useText();
  const personName = usePerson();
  const now = useNow();
  const { settings } = useInstallation();
  const clock = (at: string) => momentText(toMs(at), now, settings.timeZone);
  if (props.shifts.length === 0) return <p className="panel-empty">{text.duty.shiftsEmpty}</p>;
  return (
    <ul className="duty-list past-shifts">
      {props.shifts.map((shift) => (
        <li key={shift.id}>
          <span className="number">
            {text.duty.shiftLine(clock(shift.since), shift.endedAt === null ? '…' : clock(shift.endedAt))}
          </span>
          <b className={`shift-state is-${shift.state}`}>{text.duty.state[shift.state]}</b>
          <span>{personName(shift.officer)}</span>
          {shift.incoming && <span className="soft">→ {personName(shift.incoming.by)}</span>}
          {shift.overran && <span className="tag is-abnormal">{text.duty.overran}</span>}
          <span className="duty-words is-abnormal">{shift.reason}</span>
          <button
            type="button"
            className="button is-small"
            aria-pressed={props.opened === shift.id}
            onClick={() => props.onOpen(shift.id)}
          >
            {text.duty.openSheet}
          </button>
        </li>
      ))}
    </ul>
  );
}
