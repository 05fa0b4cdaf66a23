import { type PatrolShift, RUNNING_SHIFT_STATES, toMs } from '@app/shared';

export interface BoardRow {
  readonly team: string;
  readonly callSign: string;
  readonly shifts: readonly PatrolShift[];
  readonly on: readonly PatrolShift[];
  /** The next one that is still to begin. */
  readonly next: PatrolShift | undefined;
}

/** Shifts by team, in the order of call signs. */
export function boardRows(shifts: readonly PatrolShift[]): BoardRow[] {
  const teams = new Map<string, PatrolShift[]>();
  for (const shift of shifts) teams.set(shift.team, [...(teams.get(shift.team) ?? []), shift]);
  return [...teams]
    .map(([team, its]) => ({
      team,
      callSign: its[0]?.callSign ?? '',
      shifts: its,
      on: its.filter(({ state }) => RUNNING_SHIFT_STATES.includes(state)),
      next: its
        .filter(({ state }) => state === 'planned')
        .sort((a, b) => toMs(a.startsAt) - toMs(b.startsAt))[0],
    }))
    .sort((a, b) => (a.callSign < b.callSign ? -1 : 1));
}

/** Where a shift lies in a span, in percent of it; cut at its ends. */
export function placeOf(
  { startsAt, endsAt }: Pick<PatrolShift, 'startsAt' | 'endsAt'>,
  span: { readonly from: number; readonly to: number },
): { left: number; width: number } {
  const share = (at: number) =>
    (100 * (Math.min(Math.max(at, span.from), span.to) - span.from)) / (span.to - span.from);
  const left = share(toMs(startsAt));
  return { left, width: share(toMs(endsAt)) - left };
}
