import {
  type ConflictKind,
  type Crew,
  type Id,
  OVERLAP_MINUTES,
  REST_HOURS,
  type ShiftConflict,
  type ShiftSlot,
  type TeamId,
  toInstant,
} from '@app/shared';
import type { Span } from './visit-window.rules.js';

const OVERLAP_MS = OVERLAP_MINUTES * 60_000;
const REST_MS = REST_HOURS * 3_600_000;
/** Slots of patterns that leave no hour of the day out. */
const ROUND_THE_CLOCK: readonly ShiftSlot[] = ['early', 'late', 'night', 'day', 'long-night'];

/** A shift as far as it can be in another one's way. Instants in ms since 1970. */
export interface Booked {
  readonly id: Id;
  readonly team: TeamId;
  readonly slot: ShiftSlot;
  readonly crew: Crew;
  readonly crewOf: TeamId;
  readonly startsAt: number;
  readonly endsAt: number;
  /** When it was or is there, if that is not as planned: begun by people, or ended before its time. */
  readonly there?: Span;
}

export interface Wanted {
  readonly from: number;
  readonly to: number;
  /** Teams that must have a shift at every moment. */
  readonly teams: number;
}

/**
 * All that would not hold: two crews in one team, one crew twice or without its rest, hours that nobody has. `wanted`:
 * one for each time with a duty level of its own.
 */
export function conflictsOf(shifts: readonly Booked[], ...wanted: readonly Wanted[]): ShiftConflict[] {
  return [
    ...groups(shifts, ({ team }) => team).flatMap(ofTeam),
    ...groups(shifts, ({ crewOf, crew }) => `${crewOf}:${crew}`).flatMap(ofCrew),
    ...wanted.flatMap((one) => fewTeams(shifts, one)),
  ].sort((a, b) => (a.from < b.from ? -1 : Number(a.from > b.from)));
}

function ofTeam(shifts: readonly Booked[]): ShiftConflict[] {
  const doubles = pairs(shifts, 0).flatMap(([a, b]) =>
    a.endsAt - b.startsAt > OVERLAP_MS
      ? [between('double-team', a, b, b.startsAt, Math.min(a.endsAt, b.endsAt))]
      : [],
  );
  return [...doubles, ...gapsOf(shifts)];
}

/** Between two shifts of a pattern that leaves no hour out; what lies before the first or after the last is no gap. */
function gapsOf(shifts: readonly Booked[]): ShiftConflict[] {
  const gaps: ShiftConflict[] = [];
  let last: Booked | undefined;
  for (const next of shifts) {
    if (last && next.startsAt > last.endsAt && isRound(last) && isRound(next))
      gaps.push(between('gap', last, next, last.endsAt, next.startsAt));
    if (!last || next.endsAt > last.endsAt) last = next;
  }
  return gaps;
}

function ofCrew(shifts: readonly Booked[]): ShiftConflict[] {
  return pairs(shifts, REST_MS).map(([a, b]) => {
    const isDouble = b.startsAt < a.endsAt - OVERLAP_MS;
    return isDouble
      ? between('double-crew', a, b, b.startsAt, Math.min(a.endsAt, b.endsAt))
      : between('short-rest', a, b, a.endsAt, Math.max(a.endsAt, b.startsAt));
  });
}

/** Pairs of which the second begins before the first is over and has rested; the overlap counts as over. */
function pairs(shifts: readonly Booked[], restMs: number): [Booked, Booked][] {
  return shifts.flatMap((a, i) =>
    shifts
      .slice(i + 1)
      .filter((b) => b.startsAt < a.endsAt - OVERLAP_MS + restMs)
      .map((b): [Booked, Booked] => [a, b]),
  );
}

function fewTeams(shifts: readonly Booked[], { from, to, teams }: Wanted): ShiftConflict[] {
  const spans = shifts.map(({ team, startsAt, endsAt, there = { from: startsAt, to: endsAt } }) => ({
    team,
    ...there,
  }));
  const turns = [...new Set([from, to, ...spans.flatMap((span) => [span.from, span.to])])]
    .filter((at) => at >= from && at <= to)
    .sort((a, b) => a - b);
  const found: { from: number; to: number }[] = [];
  turns.slice(0, -1).forEach((at, i) => {
    const there = new Set(spans.filter((span) => span.from <= at && at < span.to).map(({ team }) => team));
    if (there.size >= teams) return;
    const end = turns[i + 1] ?? to;
    const last = found.at(-1);
    if (last?.to === at) last.to = end;
    else found.push({ from: at, to: end });
  });
  return found.map((span) => ({
    kind: 'few-teams',
    team: null,
    from: toInstant(span.from),
    to: toInstant(span.to),
    shifts: [],
  }));
}

function between(kind: ConflictKind, a: Booked, b: Booked, from: number, to: number): ShiftConflict {
  return { kind, team: b.team, from: toInstant(from), to: toInstant(to), shifts: [a.id, b.id] };
}

const isRound = ({ slot }: Booked): boolean => ROUND_THE_CLOCK.includes(slot);

/** Grouped by a key, each group by start, then by id. */
function groups(shifts: readonly Booked[], keyOf: (shift: Booked) => string): Booked[][] {
  const found = new Map<string, Booked[]>();
  for (const shift of shifts) {
    const group = found.get(keyOf(shift));
    if (group) group.push(shift);
    else found.set(keyOf(shift), [shift]);
  }
  return [...found.values()].map((group) =>
    group.sort((a, b) => a.startsAt - b.startsAt || (a.id < b.id ? -1 : 1)),
  );
}
