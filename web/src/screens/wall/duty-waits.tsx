import { useMemo } from 'react';
import { useInstallation } from '../../link/installation.js';
import { dutyWaits } from '../../store/attention.js';
import { useWall } from '../../store/wall.store.js';
import { useText } from '../../ui/catalogue.js';

/** What waits at the centre's own duty desk, in one line; nothing when nothing does. */
export function DutyWaitsLine() {
  const text = useText();
  const { session } = useInstallation();
  const instructions = useWall((wall) => wall.instructions);
  const shifts = useWall((wall) => wall.shifts);
  const waits = useMemo(
    () => dutyWaits(instructions.values(), shifts.values(), session.centre.id),
    [instructions, shifts, session],
  );
  const words = [
    waits.instructions > 0 ? text.duty.wallInstructions(waits.instructions, waits.overdue) : '',
    waits.isLate ? text.duty.overran : '',
  ].filter((part) => part !== '');
  if (words.length === 0) return null;
  return <p className="attention-rest is-duty">{words.join(' · ')}</p>;
}
