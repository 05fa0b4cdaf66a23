import { type DutyShiftAction, type DutyShiftCard, type DutyShiftItem, toInstant } from '@app/shared';
import type { DutyShiftRow } from './duty-shift.table.js';

const instantOf = (ms: number | null): string | null => (ms === null ? null : toInstant(ms));

/** What every wall of its scopes may know of a running shift: no name, no word. */
export function cardOf({ id, centre, state, version, since, dueAt, overran }: DutyShiftRow): DutyShiftCard {
  return { id, centre, state, version, since: toInstant(since), dueAt: toInstant(dueAt), overran };
}

/** A shift as it is listed, with what this caller may do next. */
export function itemOf(shift: DutyShiftRow, actions: readonly DutyShiftAction[]): DutyShiftItem {
  const { officerName, signedAt, takenName, takenAt, takenMethod } = shift;
  return {
    ...cardOf(shift),
    officer: officerName,
    endedAt: instantOf(shift.endedAt),
    previous: shift.previous,
    next: shift.next,
    outgoing: signedAt === null ? null : { by: officerName, at: toInstant(signedAt) },
    incoming:
      takenName === null || takenAt === null || takenMethod === null
        ? null
        : { by: takenName, at: toInstant(takenAt), method: takenMethod },
    reason: shift.reason,
    notes: shift.notes,
    actions: [...actions],
  };
}
