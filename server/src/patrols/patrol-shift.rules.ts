import {
  EARLY_START_MINUTES,
  type Id,
  type PatrolShiftAction,
  type PatrolShiftCard,
  patrolShiftSteps,
  RUNNING_SHIFT_STATES,
  type TeamId,
  toInstant,
} from '@app/shared';
import { accept, type Decision, refuse } from '../platform/decision.js';
import type { PatrolShiftRow } from './patrol-shift.table.js';
import type { PlannedShift } from './shift-plan.rules.js';
import type { Span } from './visit-window.rules.js';

const MINUTE_MS = 60_000;
/** A team on an incident is not sent home by the clock: it is looked at again after so long. */
export const OVERTIME_MS = 15 * MINUTE_MS;

const PATROL_SHIFT_FACTS = {
  plan: 'patrol-shift.planned',
  start: 'patrol-shift.started',
  hand: 'patrol-shift.handing',
  end: 'patrol-shift.ended',
  'call-off': 'patrol-shift.called-off',
  trade: 'patrol-shift.traded',
} as const satisfies Record<PatrolShiftAction | 'plan' | 'trade', string>;

/** The next state of a shift without its audience. */
export interface PatrolShiftMoved {
  readonly next: PatrolShiftRow;
  readonly fact: (typeof PATROL_SHIFT_FACTS)[keyof typeof PATROL_SHIFT_FACTS];
}

export const isRunning = ({ state }: Pick<PatrolShiftRow, 'state'>): boolean =>
  RUNNING_SHIFT_STATES.includes(state);

/**
 * When a shift was on, or should have been by its hours where nobody has begun it yet; ms since 1970, Infinity: it is
 * still on. The clock begins a little late: what lies between its hour and its beginning counts.
 */
export function spanOf({
  state,
  startsAt,
  endsAt,
  startedAt,
  endedAt,
}: Pick<PatrolShiftRow, 'state' | 'startsAt' | 'endsAt' | 'startedAt' | 'endedAt'>): Span {
  const from = Math.min(startsAt, startedAt ?? Infinity);
  return { from, to: endedAt ?? (state === 'planned' ? endsAt : Infinity) };
}

export const planShift = (shift: PlannedShift, id: Id, centre: Id): PatrolShiftMoved => ({
  next: {
    ...shift,
    id,
    centre,
    crewOf: shift.team,
    state: 'planned',
    version: 1,
    startedAt: null,
    endedAt: null,
    byClock: false,
    note: null,
    seenBy: [],
  },
  fact: PATROL_SHIFT_FACTS.plan,
});

export interface PatrolShiftGiven {
  readonly action: PatrolShiftAction;
  /** Null: no word, or none new. */
  readonly note: string | null;
  readonly byClock: boolean;
  readonly now: number;
}

/** Moves a shift one step along PATROL_SHIFT_FLOW, or says why it may not move. */
export function stepShift(shift: PatrolShiftRow, given: PatrolShiftGiven): Decision<PatrolShiftMoved> {
  const { action, note, byClock, now } = given;
  const steps = patrolShiftSteps(shift.state);
  const to = steps[action];
  if (to === undefined)
    return refuse('patrol-shift.illegal-step', { from: shift.state, action, legal: Object.keys(steps) });
  const earliest = shift.startsAt - EARLY_START_MINUTES * MINUTE_MS;
  if (action === 'start' && now < earliest)
    return refuse('time.future', { seen: toInstant(now), wanted: toInstant(earliest) });
  if (action === 'start' && now >= shift.endsAt)
    return refuse('time.past', { seen: toInstant(now), endsAt: toInstant(shift.endsAt) });
  const next: PatrolShiftRow = {
    ...shift,
    state: to,
    version: shift.version + 1,
    note: note ?? shift.note,
    startedAt: action === 'start' ? now : shift.startedAt,
    byClock: action === 'start' ? byClock : shift.byClock,
    endedAt: action === 'end' || action === 'call-off' ? now : shift.endedAt,
  };
  return accept({ next, fact: PATROL_SHIFT_FACTS[action] });
}

/** The two shifts after their crews have changed places. */
export function tradeCrews(give: PatrolShiftRow, take: PatrolShiftRow): PatrolShiftMoved[] {
  const put = (
    shift: PatrolShiftRow,
    { crew, crewOf }: { crew: PatrolShiftRow['crew']; crewOf: TeamId },
  ) => ({
    next: { ...shift, crew, crewOf, version: shift.version + 1 },
    fact: PATROL_SHIFT_FACTS.trade,
  });
  return [put(give, take), put(take, give)];
}

/** Who is on the street; `null` for a shift that is not on. */
export function patrolShiftCard(shift: PatrolShiftRow): PatrolShiftCard {
  return {
    id: shift.id,
    team: shift.team,
    centre: shift.centre,
    slot: shift.slot,
    crew: shift.crew,
    crewOf: shift.crewOf,
    state: shift.state,
    version: shift.version,
    startsAt: toInstant(shift.startsAt),
    endsAt: toInstant(shift.endsAt),
    startedAt: instantOf(shift.startedAt),
    endedAt: instantOf(shift.endedAt),
    byClock: shift.byClock,
  };
}

const instantOf = (ms: number | null) => (ms === null ? null : toInstant(ms));
