import { z } from 'zod';
import { Id } from './ids.js';
import { REASON_CHARS } from './reason.js';
import { Instant } from './time.js';

/** 勤务等级: 1 战时, 2 加强, 3 日常, 4 自定义 (domain §3.3). */
export const DUTY_LEVELS = [1, 2, 3, 4] as const;
export const DutyLevelNumber = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);
export type DutyLevelNumber = z.infer<typeof DutyLevelNumber>;
/** The level that holds where nobody has set one. */
export const DAILY_LEVEL = 3;

/**
 * What a level asks for, as a share of the daily plan in percent: teams on the street, visits to each checkpoint, and
 * how many of a crew are on duty.
 */
export const LevelTerms = z.strictObject({
  teamsPct: z.number().int().min(50).max(400),
  visitsPct: z.number().int().min(50).max(400),
  strengthPct: z.number().int().min(50).max(200),
});
export type LevelTerms = z.infer<typeof LevelTerms>;

/** Level 4 brings its own. */
export const LEVEL_TERMS = {
  1: { teamsPct: 200, visitsPct: 300, strengthPct: 150 },
  2: { teamsPct: 150, visitsPct: 200, strengthPct: 120 },
  3: { teamsPct: 100, visitsPct: 100, strengthPct: 100 },
} as const satisfies Record<1 | 2 | 3, LevelTerms>;

export const DUTY_LEVEL_STATES = ['planned', 'active', 'ended', 'lifted'] as const;
export const DutyLevelState = z.enum(DUTY_LEVEL_STATES);
export type DutyLevelState = z.infer<typeof DutyLevelState>;
export const LONGEST_LEVEL_DAYS = 31;

/** What everybody whom a level binds may know of it; why it was set is read over HTTP. */
export const DutyLevelCard = z.object({
  id: Id,
  /** It binds this centre and all below it. */
  centre: Id,
  level: DutyLevelNumber,
  terms: LevelTerms,
  state: DutyLevelState,
  version: z.number().int(),
  from: Instant,
  to: Instant,
});
export type DutyLevelCard = z.infer<typeof DutyLevelCard>;

/** A level as HTTP answers it. */
export const DutyLevel = DutyLevelCard.extend({
  reason: z.string(),
  /** Only of one that was lifted before its time, until its words are erased. */
  liftReason: z.string().optional(),
  by: z.string(),
  endedAt: Instant.nullable(),
  mayLift: z.boolean(),
});
export type DutyLevel = z.infer<typeof DutyLevel>;

/** `from` not told: at once. Level 4 wants its terms, the others have theirs; daily duty is where no level holds. */
export const DutyLevelDraft = z
  .strictObject({
    centre: Id,
    level: z.union([z.literal(1), z.literal(2), z.literal(4)]),
    terms: LevelTerms.optional(),
    from: Instant.optional(),
    to: Instant,
    reason: z.string().trim().min(1).max(REASON_CHARS),
  })
  .refine(({ level, terms }) => (level === 4) === (terms !== undefined), 'terms with level 4 and no other');
export type DutyLevelDraft = z.infer<typeof DutyLevelDraft>;

export const DutyLevelLift = z.strictObject({
  version: z.number().int().positive(),
  reason: z.string().trim().min(1).max(REASON_CHARS),
});
export type DutyLevelLift = z.infer<typeof DutyLevelLift>;

/** The level that holds at a centre, and the one that was set for it or above it; null: nobody set one. */
export interface EffectiveLevel {
  readonly level: DutyLevelNumber;
  readonly terms: LevelTerms;
  readonly set: DutyLevelCard | null;
}

/** War time goes before reinforced, that before one of the city's own, and every one before daily duty. */
const RANK = { 1: 3, 2: 2, 4: 1, 3: 0 } as const satisfies Record<DutyLevelNumber, number>;

/**
 * The level that holds at a centre: the gravest of those active on it or on a centre above it; of two alike the one set
 * nearer, then the one that began later.
 * @param lineage the centre and its ancestors, deepest first
 */
export function effectiveLevel(lineage: readonly Id[], levels: Iterable<DutyLevelCard>): EffectiveLevel {
  let best: DutyLevelCard | null = null;
  for (const level of levels)
    if (
      level.state === 'active' &&
      lineage.includes(level.centre) &&
      (!best || goesBefore(level, best, lineage))
    )
      best = level;
  if (!best) return { level: DAILY_LEVEL, terms: LEVEL_TERMS[DAILY_LEVEL], set: null };
  return { level: best.level, terms: best.terms, set: best };
}

function goesBefore(a: DutyLevelCard, b: DutyLevelCard, lineage: readonly Id[]): boolean {
  const order =
    RANK[a.level] - RANK[b.level] ||
    lineage.indexOf(b.centre) - lineage.indexOf(a.centre) ||
    Date.parse(a.from) - Date.parse(b.from);
  return order === 0 ? a.id > b.id : order > 0;
}

/** The levels that bind a centre, whatever their state: each before those that it goes before. */
export const gravestFirst = (lineage: readonly Id[], levels: readonly DutyLevelCard[]): DutyLevelCard[] =>
  levels
    .filter(({ centre }) => lineage.includes(centre))
    .toSorted((a, b) => (goesBefore(a, b, lineage) ? -1 : 1));

/** A number of the daily plan under a share in percent, rounded up: none stays none. */
export const underTerms = (daily: number, pct: number): number => Math.ceil((daily * pct) / 100);

/** What a centre needs at daily duty. */
export const PatrolNeed = z.strictObject({ teams: z.number().int().min(0).max(500) });
export type PatrolNeed = z.infer<typeof PatrolNeed>;

/** `GET /api/duty-levels/effect`: what holds at a centre now, and how far its patrol meets it. */
export const LevelEffect = z.object({
  centre: Id,
  level: DutyLevelNumber,
  terms: LevelTerms,
  set: Id.nullable(),
  /** Teams wanted by day's plan, and under the level; with shifts on now, at the centre and below. */
  daily: z.number().int(),
  wanted: z.number().int(),
  on: z.number().int(),
});
export type LevelEffect = z.infer<typeof LevelEffect>;
export const LevelEffects = z.object({ items: z.array(LevelEffect), at: Instant });
export type LevelEffects = z.infer<typeof LevelEffects>;
