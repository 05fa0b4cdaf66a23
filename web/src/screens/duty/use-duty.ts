import { type DutyShift, type DutyShiftItem, ENDED_SHIFT_STATES } from '@app/shared';
import { useState } from 'react';
import { fetchShift, fetchShifts } from '../../link/duty.js';
import { type Fetched, useFetched } from '../../link/use-fetched.js';
import { useLogMark } from '../../store/use-aside.js';
import { useWall } from '../../store/wall.store.js';

const SHIFTS_MS = 60_000;
const SHEET_MS = 60_000;

export interface Duty {
  readonly shifts: Fetched<DutyShiftItem[]>;
  /** The shift that is looked at: the one that is on, or an earlier one that somebody opened. */
  readonly shift: Fetched<DutyShift>;
  readonly isPast: boolean;
  readonly open: (id: string | undefined) => void;
  readonly reload: () => void;
}

/** The shifts of a centre, read again when the live picture says that its desk has moved. */
export function useDuty(scope: string): Duty {
  const mark = useWall((wall) => {
    const card = [...wall.shifts.values()].find(({ centre }) => centre === scope);
    return card ? `${card.id}:${card.version}` : '';
  });
  const [opened, open] = useState<{ readonly scope: string; readonly id: string }>();
  const shifts = useFetched({
    subject: scope,
    mark,
    everyMs: SHIFTS_MS,
    read: (signal) => fetchShifts(scope, signal),
  });
  const running = shifts.value?.find(({ state }) => !ENDED_SHIFT_STATES.includes(state));
  const past = opened?.scope === scope && opened.id !== running?.id ? opened.id : undefined;
  const id = past ?? running?.id;
  const logged = useLogMark(scope);
  const shift = useFetched({
    subject: id,
    mark: `${mark} ${logged}`,
    everyMs: SHEET_MS,
    read: (signal) => fetchShift(id ?? '', signal),
  });
  return {
    shifts,
    shift,
    isPast: past !== undefined,
    open: (next) => open(next === undefined ? undefined : { scope, id: next }),
    reload: () => {
      shifts.reload();
      shift.reload();
    },
  };
}
