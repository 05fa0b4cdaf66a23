import {
  type Crew,
  type Id,
  OVERLAP_MINUTES,
  PATTERN_SLOTS,
  type PatternSlot,
  type ShiftPattern,
  type ShiftSlot,
  type TeamId,
} from '@app/shared';
import { zoneOffsetMs } from '../clocks/wall-clock.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** One shift of a plan, before it has an id. Instants in ms since 1970. */
export interface PlannedShift {
  readonly team: TeamId;
  readonly slot: ShiftSlot;
  readonly crew: Crew;
  readonly startsAt: number;
  readonly endsAt: number;
}

export interface ShiftPlan {
  readonly teams: readonly Id[];
  readonly pattern: ShiftPattern;
  /** The first day, as `2026-11-25`. */
  readonly from: string;
  readonly days: number;
  readonly crews: readonly Crew[];
  readonly turnDays: number;
}

/**
 * All shifts of a plan, by team and time. Crews take turns forward: whoever was early is late the next time, and with
 * more crews than slots each has its days off. The crew that goes stays until the overlap is over.
 */
export function shiftsOf(plan: ShiftPlan, timeZone: string): PlannedShift[] {
  const slots: readonly PatternSlot[] = PATTERN_SLOTS[plan.pattern];
  return plan.teams.flatMap((team) =>
    Array.from({ length: plan.days }, (_, day) =>
      slots.map(({ slot, fromMinute, toMinute }, place) => ({
        team,
        slot,
        crew: crewFor(plan, place, day),
        startsAt: wallInstant(plan.from, day, fromMinute, timeZone),
        endsAt: wallInstant(plan.from, day, toMinute + OVERLAP_MINUTES, timeZone),
      })),
    ).flat(),
  );
}

function crewFor({ crews, turnDays }: ShiftPlan, place: number, day: number): Crew {
  const turn = Math.floor(day / turnDays);
  const index = (((place - turn) % crews.length) + crews.length) % crews.length;
  const crew = crews[index];
  if (crew === undefined) throw new RangeError('a crew wanted, none seen');
  return crew;
}

/**
 * The instant at which the wall clock shows a minute of a day, `day` days after the first. Where a change of summer
 * time leaves that minute out, the same minute by the offset before it.
 */
export function wallInstant(first: string, day: number, minute: number, timeZone: string): number {
  const wall = Date.parse(`${first}T00:00:00Z`) + day * DAY_MS + minute * MINUTE_MS;
  const guess = wall - zoneOffsetMs(wall, timeZone);
  return wall - zoneOffsetMs(guess, timeZone);
}
