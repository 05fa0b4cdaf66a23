import { isForbidden, type PatrolShift, type ShiftConflict, toMs } from '@app/shared';
import { useInstallation } from '../../link/installation.js';
import { useText } from '../../ui/catalogue.js';
import { momentText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { Part } from '../../ui/part.js';

const SHOWN = 12;

interface ConflictListProps {
  readonly conflicts: readonly ShiftConflict[];
  readonly shifts: readonly PatrolShift[];
  readonly readAt: number | null;
}

/** What would not hold in a plan, before it happens: first what no plan may be written with. */
export function ConflictList({ conflicts, shifts, readAt }: ConflictListProps) {
  const text = useText();
  const now = useNow();
  const { settings } = useInstallation();
  const when = (at: string) => momentText(toMs(at), now, settings.timeZone);
  const nameOf = (team: string | null) =>
    team === null ? text.patrol.wholeCentre : (shifts.find((s) => s.team === team)?.callSign ?? '');
  const first = conflicts.toSorted((a, b) => Number(isForbidden(b)) - Number(isForbidden(a)));
  return (
    <Part title={text.patrol.conflicts(conflicts.length)} observedAt={readAt}>
      {conflicts.length === 0 && <p className="soft">{text.patrol.noConflicts}</p>}
      <ul>
        {first.slice(0, SHOWN).map((c) => (
          <li key={`${c.kind}:${c.from}:${c.shifts.join()}`} className={`conflict is-${c.kind}`}>
            <b>{text.patrol.conflict[c.kind]}</b> {nameOf(c.team)}{' '}
            <span className="soft">{c.from === c.to ? when(c.from) : `${when(c.from)}–${when(c.to)}`}</span>
          </li>
        ))}
      </ul>
      {conflicts.length > SHOWN && <p className="soft">{text.patrol.more(conflicts.length - SHOWN)}</p>}
    </Part>
  );
}
