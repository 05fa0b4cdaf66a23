import { useMemo } from 'react';
import { useInstallation } from '../../link/installation.js';
import { dutyWaits, type InstructionRank, type WaitingInstructions } from '../../store/attention.js';
import { useWall } from '../../store/wall.store.js';
import { useText } from '../../ui/catalogue.js';
import { ageText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { Age } from '../../ui/panel.js';

/** What waits at the centre's own duty desk, a line for each rank of instructions; nothing when nothing does. */
export function DutyWaitsLines() {
  const text = useText();
  const { session } = useInstallation();
  const instructions = useWall((wall) => wall.instructions);
  const shifts = useWall((wall) => wall.shifts);
  const waits = useMemo(
    () => dutyWaits(instructions.values(), shifts.values(), session.centre.id),
    [instructions, shifts, session],
  );
  if (waits.instructions.length === 0 && !waits.isLate) return null;
  return (
    <ul className="duty-waits">
      {waits.instructions.map((waiting) => (
        <InstructionsLine key={waiting.rank} waiting={waiting} />
      ))}
      {waits.isLate && (
        <li>
          {text.duty.overran} <Age at={waits.lateSince} />
        </li>
      )}
    </ul>
  );
}

function InstructionsLine({ waiting }: { waiting: WaitingInstructions }) {
  const text = useText();
  const now = useNow();
  const { rank, unsigned, unanswered, overdue, oldestAt } = waiting;
  const { wall } = text.duty;
  return (
    <li className={`is-${rank}`}>
      <RankMark rank={rank} />
      <b>{wall.rank[rank]}</b>
      {unsigned > 0 && <span>{wall.unsigned(unsigned)}</span>}
      {unanswered > 0 && <span>{wall.unanswered(unanswered)}</span>}
      <span className="soft">{wall.oldest(ageText(now - oldestAt, text))}</span>
      {overdue > 0 && <b className="is-overdue">{wall.overdue(overdue)}</b>}
    </li>
  );
}

/** A full pennant for what is urgent, an empty one for what is not: the shape tells it without the colour. */
function RankMark({ rank }: { rank: InstructionRank }) {
  return (
    <svg className="rank-mark" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M5 2V22M5 3H21L16 8.5 21 14H5" fill={rank === 'urgent' ? 'currentColor' : 'none'} />
    </svg>
  );
}
