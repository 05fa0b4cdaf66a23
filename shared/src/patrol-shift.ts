import { z } from 'zod';
import { Id } from './ids.js';
import { REASON_CHARS } from './reason.js';
import { Instant } from './time.js';

export const SHIFT_SLOTS = ['early', 'late', 'night', 'day', 'long-night', 'peak', 'own'] as const;
export const ShiftSlot = z.enum(SHIFT_SLOTS);
export type ShiftSlot = z.infer<typeof ShiftSlot>;

export const SHIFT_PATTERNS = ['3x8', '2x12', 'peak'] as const;
export const ShiftPattern = z.enum(SHIFT_PATTERNS);
export type ShiftPattern = z.infer<typeof ShiftPattern>;

export interface PatternSlot {
  readonly slot: ShiftSlot;
  /** Minutes of the city's wall clock after the day's midnight; beyond 1,440 on the day after. */
  readonly fromMinute: number;
  readonly toMinute: number;
}

const slot = (name: ShiftSlot, fromHour: number, toHour: number): PatternSlot => ({
  slot: name,
  fromMinute: fromHour * 60,
  toMinute: toHour * 60,
});

/** The slots of each pattern by the time at which they begin (domain §3.3). A night counts to the day it begins on. */
export const PATTERN_SLOTS = {
  '3x8': [slot('early', 8, 16), slot('late', 16, 24), slot('night', 24, 32)],
  '2x12': [slot('day', 8, 20), slot('long-night', 20, 32)],
  peak: [slot('peak', 18, 26)],
} as const satisfies Record<ShiftPattern, readonly PatternSlot[]>;

/** Both crews are there for so long: the next begins before the last one ends, and the vehicle stays on the street. */
export const OVERLAP_MINUTES = 15;
/** A crew rests at least so long between two shifts. */
export const REST_HOURS = 8;
export const LONGEST_PATROL_SHIFT_HOURS = 16;
export const PLAN_SHIFTS = 200;
export const PLAN_DAYS = 31;

export const CREWS = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
export const Crew = z.enum(CREWS);
export type Crew = z.infer<typeof Crew>;

export const PATROL_SHIFT_STATES = ['planned', 'on', 'handing', 'ended', 'called-off'] as const;
export const PatrolShiftState = z.enum(PATROL_SHIFT_STATES);
export type PatrolShiftState = z.infer<typeof PatrolShiftState>;
export const PATROL_SHIFT_ACTIONS = ['start', 'hand', 'end', 'call-off'] as const;
export const PatrolShiftAction = z.enum(PATROL_SHIFT_ACTIONS);
export type PatrolShiftAction = z.infer<typeof PatrolShiftAction>;

/** State → action → next state. The server's clock starts what is due and ends what is over; people may before it. */
export const PATROL_SHIFT_FLOW = {
  planned: { start: 'on', 'call-off': 'called-off' },
  on: { hand: 'handing', end: 'ended' },
  handing: { end: 'ended' },
  ended: {},
  'called-off': {},
} as const satisfies Record<PatrolShiftState, Partial<Record<PatrolShiftAction, PatrolShiftState>>>;
export const RUNNING_SHIFT_STATES: readonly PatrolShiftState[] = ['on', 'handing'];
/** How long before its planned start people may start a shift. */
export const EARLY_START_MINUTES = 60;

export type ShiftSteps = Readonly<Partial<Record<PatrolShiftAction, PatrolShiftState>>>;
export const patrolShiftSteps = (state: PatrolShiftState): ShiftSteps => PATROL_SHIFT_FLOW[state];

/** Who is on the street: what every wall of its scopes may know. Crews are letters, never names. */
export const PatrolShiftCard = z.object({
  id: Id,
  team: Id,
  centre: Id,
  slot: ShiftSlot,
  crew: Crew,
  /** Whose crew it is: another team's after a trade. */
  crewOf: Id,
  state: PatrolShiftState,
  version: z.number().int(),
  startsAt: Instant,
  endsAt: Instant,
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  /** Nobody said that it began: the server's clock did. */
  byClock: z.boolean(),
});
export type PatrolShiftCard = z.infer<typeof PatrolShiftCard>;

/** A shift as HTTP answers it; `actions` are what this caller may do next. */
export const PatrolShift = PatrolShiftCard.extend({
  callSign: z.string(),
  /** What the crew that goes tells the one that comes. */
  note: z.string().nullable(),
  /** How many of the crew are wanted under the duty level that holds now. */
  strength: z.number().int(),
  trade: Id.nullable(),
  actions: z.array(PatrolShiftAction),
});
export type PatrolShift = z.infer<typeof PatrolShift>;

export const CONFLICT_KINDS = ['gap', 'double-team', 'double-crew', 'short-rest', 'few-teams'] as const;
export const ConflictKind = z.enum(CONFLICT_KINDS);
export type ConflictKind = z.infer<typeof ConflictKind>;
/** With these no plan may be written: nobody can be in two places. */
const FORBIDDEN_CONFLICTS: readonly ConflictKind[] = ['double-team', 'double-crew'];
export const isForbidden = ({ kind }: { readonly kind: ConflictKind }): boolean =>
  FORBIDDEN_CONFLICTS.includes(kind);

/** What would go wrong with a plan: seen before it happens. */
export const ShiftConflict = z.object({
  kind: ConflictKind,
  /** Null: of a whole centre. */
  team: Id.nullable(),
  from: Instant,
  to: Instant,
  /** The shifts between which it lies. */
  shifts: z.array(Id),
});
export type ShiftConflict = z.infer<typeof ShiftConflict>;

const Day = z.iso.date();
/**
 * Plans the shifts of some teams: a pattern whose crews take turns, or one shift of its own. `preview` writes nothing
 * and says what it would be and where it would not hold.
 */
export const PatrolPlanDraft = z.strictObject({
  teams: z.array(Id).min(1).max(60),
  pattern: ShiftPattern,
  from: Day,
  days: z.number().int().min(1).max(PLAN_DAYS),
  crews: z.array(Crew).min(1).max(CREWS.length),
  /** After how many days each crew moves on to the next slot. */
  turnDays: z.number().int().min(1).max(14).default(1),
  preview: z.boolean().default(false),
});
export type PatrolPlanDraft = z.infer<typeof PatrolPlanDraft>;
export type PatrolPlanAsk = z.input<typeof PatrolPlanDraft>;

export const PatrolPlanned = z.object({
  items: z.array(PatrolShift),
  conflicts: z.array(ShiftConflict),
  isPreview: z.boolean(),
});
export type PatrolPlanned = z.infer<typeof PatrolPlanned>;

export const PatrolShiftStep = z.strictObject({
  version: z.number().int().positive(),
  note: z.string().trim().max(2000).optional(),
});
export type PatrolShiftStep = z.infer<typeof PatrolShiftStep>;

/** Query of `GET /api/shifts`: shifts of a centre and all below it that touch the window, by their start. */
export const PatrolShiftQuery = z.strictObject({
  centre: Id.optional(),
  team: Id.optional(),
  from: Instant,
  to: Instant,
});
export type PatrolShiftQuery = z.infer<typeof PatrolShiftQuery>;

/** The plan of a window, with what does not hold in it. */
export const PatrolBoard = z.object({
  items: z.array(PatrolShift),
  conflicts: z.array(ShiftConflict),
  at: Instant,
});
export type PatrolBoard = z.infer<typeof PatrolBoard>;

export const TRADE_STATES = ['asked', 'agreed', 'approved', 'declined', 'withdrawn'] as const;
export const TradeState = z.enum(TRADE_STATES);
export type TradeState = z.infer<typeof TradeState>;
export const TRADE_ACTIONS = ['agree', 'approve', 'decline', 'withdraw'] as const;
export const TradeAction = z.enum(TRADE_ACTIONS);
export type TradeAction = z.infer<typeof TradeAction>;

/** One side asks, the other agrees, a commander approves: only then do the crews change places. */
export const TRADE_FLOW = {
  asked: { agree: 'agreed', decline: 'declined', withdraw: 'withdrawn' },
  agreed: { approve: 'approved', decline: 'declined', withdraw: 'withdrawn' },
  approved: {},
  declined: {},
  withdrawn: {},
} as const satisfies Record<TradeState, Partial<Record<TradeAction, TradeState>>>;
export const OPEN_TRADE_STATES: readonly TradeState[] = ['asked', 'agreed'];

export const TradeDraft = z.strictObject({
  give: Id,
  take: Id,
  reason: z.string().trim().min(1).max(REASON_CHARS),
});
export type TradeDraft = z.infer<typeof TradeDraft>;
export const TradeStep = z.strictObject({ version: z.number().int().positive() });
export type TradeStep = z.infer<typeof TradeStep>;

export const Trade = z.object({
  id: Id,
  give: PatrolShift,
  take: PatrolShift,
  state: TradeState,
  version: z.number().int(),
  reason: z.string(),
  askedAt: Instant,
  actions: z.array(TradeAction),
});
export type Trade = z.infer<typeof Trade>;
