import { z } from 'zod';
import { Id } from './ids.js';
import { Names } from './names.js';
import { Force } from './team.js';
import { Instant } from './time.js';

export const VISIT_STATES = ['due', 'done', 'missed', 'refused'] as const;
export const VisitState = z.enum(VISIT_STATES);
export type VisitState = z.infer<typeof VisitState>;
/**
 * `short`: stopped there, and gone too soon; `alone`: there, without a force that the plan asks for; `code-doubted`: a
 * check-in came by a code, or for a time, that is not believed; `code-only`: credited by a printed code alone, when no
 * position of the team was to be had, so that a photograph of the code would have done.
 */
export const VISIT_FLAGS = ['late', 'short', 'out-of-order', 'alone', 'code-doubted', 'code-only'] as const;
export const VisitFlag = z.enum(VISIT_FLAGS);
export type VisitFlag = z.infer<typeof VisitFlag>;
/**
 * Why positions are not believed: the device lies still, jumped there, came at one speed, goes the same lap again and
 * again, tells what it told on a day before, or the forces' devices travel as one.
 */
export const VISIT_REFUSALS = ['still', 'teleport', 'constant', 'loop', 'replay', 'pocket'] as const;
export const VisitRefusal = z.enum(VISIT_REFUSALS);
export type VisitRefusal = z.infer<typeof VisitRefusal>;

/** Where a visit stands now. `ahead`: its hours have not begun; `there`: the team is at the place, not yet for long enough. */
export const VISIT_PHASES = ['ahead', 'owed', 'there', 'done', 'missed', 'refused'] as const;
export const VisitPhase = z.enum(VISIT_PHASES);
export type VisitPhase = z.infer<typeof VisitPhase>;
/**
 * What a visit is credited by: the team's stay, a stay of the forces together, a check-in by
 * the code of a checkpoint without positions, or a contest that was upheld.
 */
export const VISIT_CREDITS = ['stay', 'together', 'code', 'contest'] as const;
export const VisitCredit = z.enum(VISIT_CREDITS);
export type VisitCredit = z.infer<typeof VisitCredit>;

export const CONTEST_STATES = ['open', 'upheld', 'dismissed'] as const;
export const ContestState = z.enum(CONTEST_STATES);
export type ContestState = z.infer<typeof ContestState>;
export const VISIT_ACTIONS = ['contest', 'uphold', 'dismiss'] as const;
export const VisitAction = z.enum(VISIT_ACTIONS);
export type VisitAction = z.infer<typeof VisitAction>;

export const Contest = z.object({
  state: ContestState,
  note: z.string(),
  /** Only where its words were erased; that there were some stays. */
  erased: z.literal(true).optional(),
  at: Instant,
  answer: z.string().nullable(),
  answeredAt: Instant.nullable(),
});
export type Contest = z.infer<typeof Contest>;

/** One visit that a shift owes to a checkpoint within a window, and what became of it. */
export const Visit = z.object({
  id: Id,
  plan: Id,
  shift: Id,
  team: Id,
  callSign: z.string(),
  checkpoint: Id,
  name: z.string(),
  names: Names,
  beat: Id.nullable(),
  centre: Id,
  windowFrom: Instant,
  windowTo: Instant,
  dwellS: z.number().int(),
  /** Forces that must be there together, and those that were. */
  wanted: z.array(Force),
  forces: z.array(Force),
  state: VisitState,
  flags: z.array(VisitFlag),
  refusal: VisitRefusal.nullable(),
  from: Instant.nullable(),
  to: Instant.nullable(),
  version: z.number().int(),
  contest: Contest.nullable(),
  /** A contest that was upheld counts as a visit; one that was dismissed takes the credit of `code-only`. */
  isCredited: z.boolean(),
  phase: VisitPhase,
  credit: VisitCredit.nullable(),
  actions: z.array(VisitAction),
});
export type Visit = z.infer<typeof Visit>;

export const VisitStep = z.strictObject({
  version: z.number().int().positive(),
  note: z.string().trim().min(1).max(1000),
});
export type VisitStep = z.infer<typeof VisitStep>;

/**
 * Query of `GET /api/visits`: visits of a centre and all below it whose window touches the span, at most 48 h; without a
 * span those of the shifts that are on now.
 */
export const VisitQuery = z.strictObject({
  centre: Id.optional(),
  team: Id.optional(),
  shift: Id.optional(),
  from: Instant.optional(),
  to: Instant.optional(),
});
export type VisitQuery = z.infer<typeof VisitQuery>;

/** Visits whose window is over, or that were made before: `made` of `owed`. */
export const Coverage = z.object({ owed: z.number().int(), made: z.number().int() });
export type Coverage = z.infer<typeof Coverage>;
const CoverageOf = Coverage.extend({ id: z.string(), label: z.string() });
export type CoverageOf = z.infer<typeof CoverageOf>;
export const Coverages = z.object({
  all: Coverage,
  beats: z.array(CoverageOf),
  checkpoints: z.array(CoverageOf),
  shifts: z.array(CoverageOf),
  forces: z.array(CoverageOf),
});
export type Coverages = z.infer<typeof Coverages>;

/** How a checkpoint stands over its visits, the gravest first: one that was missed stays so for its shift. */
export const POINT_STATES = ['missed', 'late', 'there', 'owed', 'done', 'ahead'] as const;
export const PointState = z.enum(POINT_STATES);
export type PointState = z.infer<typeof PointState>;

/** A checkpoint as a wall may show it. `visits` were made, `presentS` seconds of them all together. */
export const PointCover = Coverage.extend({
  id: Id,
  beat: Id.nullable(),
  state: PointState,
  visits: z.number().int(),
  presentS: z.number().int(),
});
export type PointCover = z.infer<typeof PointCover>;

/** Visits of the query of which nothing is told one by one, as their force does not release where they are. */
const Withheld = z.number().int().default(0);

/** `at`: when it was so. */
export const VisitBoard = z.object({
  items: z.array(Visit),
  coverage: Coverages,
  points: z.array(PointCover),
  withheld: Withheld,
  at: Instant,
});
export type VisitBoard = z.infer<typeof VisitBoard>;

/** Answer of `GET /api/visits/coverage`: how much was made of what is owed, without a word of anybody. */
export const VisitCoverage = z.object({
  coverage: Coverages,
  points: z.array(PointCover),
  withheld: Withheld,
  at: Instant,
});
export type VisitCoverage = z.infer<typeof VisitCoverage>;
