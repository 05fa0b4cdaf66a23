import { WAITING_INSTRUCTION_STATES } from '@app/shared';
import { useInstallation } from '../../link/installation.js';
import { useWall } from '../../store/wall.store.js';
import { useText } from '../../ui/catalogue.js';
import { useBox } from './use-box.js';

/** How many things at the own duty desk need somebody: instructions to sign for or answer, a handover that is late. */
export function DutyCount() {
  const text = useText();
  const { session } = useInstallation();
  const own = session.centre.id;
  const received = useBox({ centre: own, box: 'received', isOpen: true });
  const isLate = useWall((wall) => [...wall.shifts.values()].some((s) => s.centre === own && s.overran));
  const waiting = (received.value ?? []).filter(({ state }) => WAITING_INSTRUCTION_STATES.includes(state));
  const count = waiting.length + Number(isLate);
  if (count === 0) return null;
  const isUrgent = isLate || waiting.some(({ urgent, overdue }) => urgent || overdue);
  return (
    <b className={`duty-count ${isUrgent ? 'is-urgent' : ''}`} title={text.duty.waiting(count)}>
      {count}
    </b>
  );
}
