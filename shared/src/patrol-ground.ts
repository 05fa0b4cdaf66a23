import { z } from 'zod';
import { DutyLevelNumber } from './duty-level.js';
import { Lat, Lng } from './geo.js';
import { Id } from './ids.js';
import { Names } from './names.js';
import { Force } from './team.js';

/** Rings of a city's defence: its border, the built-up town, and what must never be without a patrol. */
export const BEAT_RINGS = ['outer', 'inner', 'core'] as const;
export const BeatRing = z.enum(BEAT_RINGS);
export type BeatRing = z.infer<typeof BeatRing>;
/** 必巡点, 卡点, 驻点: what a place is for. All of them may owe visits; one of none is only shown. */
export const POINT_KINDS = ['checkpoint', 'control', 'post'] as const;
export const PointKind = z.enum(POINT_KINDS);
export type PointKind = z.infer<typeof PointKind>;
export const VISIT_ORDERS = ['free', 'fixed'] as const;
export const VisitOrder = z.enum(VISIT_ORDERS);
export type VisitOrder = z.infer<typeof VisitOrder>;

export const MOST_CORNERS = 1000;
export const MOST_STOPS = 60;
export const MOST_FEATURES = 500;
/** What a checkpoint asks for where nobody said otherwise (domain §3.3). */
export const CHECKPOINT_DEFAULTS = { radiusM: 50, dwellS: 120, visits: { 3: 2 } } as const;

const Named = Names.refine(({ hans }) => hans.trim() !== '', 'a name in simplified Chinese');
/** One closed line without holes: the last place is the first. */
export const BeatPolygon = z.strictObject({
  type: z.literal('Polygon'),
  coordinates: z
    .array(
      z
        .array(z.tuple([Lng, Lat]))
        .min(4)
        .max(MOST_CORNERS),
    )
    .length(1),
});
export type BeatPolygon = z.infer<typeof BeatPolygon>;

const beatTerms = { names: Named, ring: BeatRing, polygon: BeatPolygon };
export const BeatDraft = z.strictObject({ centre: Id, ...beatTerms });
export type BeatDraft = z.infer<typeof BeatDraft>;
const change = { version: z.number().int().positive(), isClosed: z.literal(true).optional() };
export const BeatChange = z.strictObject({ ...change, ...z.strictObject(beatTerms).partial().shape });
export type BeatChange = z.infer<typeof BeatChange>;
/** 巡区. `mayChange`: by this caller. */
export const Beat = z.object({
  id: Id,
  centre: Id,
  name: z.string(),
  names: Names,
  ring: BeatRing,
  polygon: BeatPolygon,
  version: z.number().int(),
  isClosed: z.boolean(),
  mayChange: z.boolean(),
});
export type Beat = z.infer<typeof Beat>;

/** Visits that each shift owes; a level without its own has those of daily duty under the level's terms. */
export const VisitsByLevel = z.strictObject({
  1: z.number().int().min(0).max(24).optional(),
  2: z.number().int().min(0).max(24).optional(),
  3: z.number().int().min(0).max(24),
  4: z.number().int().min(0).max(24).optional(),
});
export type VisitsByLevel = z.infer<typeof VisitsByLevel>;
const WallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:MM');
/** Hours of the city's wall clock within which a visit counts; `to` before `from` runs past midnight. */
export const VisitHours = z
  .strictObject({ from: WallTime, to: WallTime })
  .refine(({ from, to }) => from !== to, 'two times');
export type VisitHours = z.infer<typeof VisitHours>;

const checkpointTerms = {
  kind: PointKind,
  beat: Id.nullable(),
  names: Named,
  lng: Lng,
  lat: Lat,
  radiusM: z.number().int().min(20).max(500),
  dwellS: z.number().int().min(30).max(3600),
  visits: VisitsByLevel,
  windows: z.array(VisitHours).max(6),
  /** Forces that must be there together; none: whoever the team is. */
  forces: z.array(Force).max(3),
  /** Where positions are not to be had (indoors, an underpass, upstairs): a check-in by its code makes the visit. */
  isGpsBlind: z.boolean(),
};
export const CheckpointDraft = z.strictObject({
  centre: Id,
  ...checkpointTerms,
  kind: PointKind.default('checkpoint'),
  beat: checkpointTerms.beat.default(null),
  windows: checkpointTerms.windows.default([]),
  forces: checkpointTerms.forces.default([]),
  isGpsBlind: checkpointTerms.isGpsBlind.default(false),
});
export type CheckpointDraft = z.infer<typeof CheckpointDraft>;
export const CheckpointChange = z.strictObject({
  ...change,
  ...z.strictObject(checkpointTerms).partial().shape,
});
export type CheckpointChange = z.infer<typeof CheckpointChange>;
/** 必巡点. */
export const Checkpoint = z.object({
  id: Id,
  centre: Id,
  name: z.string(),
  ...checkpointTerms,
  names: Names,
  version: z.number().int(),
  isClosed: z.boolean(),
  mayChange: z.boolean(),
});
export type Checkpoint = z.infer<typeof Checkpoint>;

/**
 * What a team's shift visits under a duty level: the checkpoints named, in their order, then those of the beats.
 * `version` 0 makes the plan. Where a level has none, that of daily duty holds.
 */
export const VisitPlanDraft = z.strictObject({
  team: Id,
  level: DutyLevelNumber,
  order: VisitOrder,
  beats: z.array(Id).max(MOST_STOPS),
  checkpoints: z.array(Id).max(MOST_STOPS),
  version: z.number().int().min(0),
});
export type VisitPlanDraft = z.infer<typeof VisitPlanDraft>;
export const VisitPlan = z.object({ id: Id, callSign: z.string(), ...VisitPlanDraft.shape });
export type VisitPlan = z.infer<typeof VisitPlan>;

/** Beats and checkpoints of a collection come in all together or not at all. */
export const FeatureImport = z.strictObject({
  centre: Id,
  collection: z.object({
    type: z.literal('FeatureCollection'),
    features: z.array(z.unknown()).min(1).max(MOST_FEATURES),
  }),
});
export type FeatureImport = z.infer<typeof FeatureImport>;
/**
 * Why a feature does not come in: neither polygon nor point; a property that is missing or wrong (`seen`); a line that is
 * open, flat or crosses itself; a beat (`seen`) that nobody knows.
 */
export const FEATURE_FAULTS = ['geometry', 'property', 'line', 'beat'] as const;
export const FeatureFault = z.enum(FEATURE_FAULTS);
export type FeatureFault = z.infer<typeof FeatureFault>;
/** One line of `patrol-ground.refused`; `index` counts from 0. */
export const RefusedFeature = z.object({
  index: z.number().int(),
  reason: FeatureFault,
  seen: z.string(),
  wanted: z.string(),
});
export type RefusedFeature = z.infer<typeof RefusedFeature>;
/** What the features of a collection stand as. `same`: how many of them stood so before and were not made again. */
export const FeaturesImported = z.object({
  beats: z.array(Beat),
  checkpoints: z.array(Checkpoint),
  same: z.number().int().default(0),
});
export type FeaturesImported = z.infer<typeof FeaturesImported>;

const Words = z.string().trim().min(1).max(120);
const featureWords = {
  name: Words,
  nameHant: z.string().max(120).optional(),
  nameEn: z.string().max(160).optional(),
};
/** A feature as it comes in and goes out: a polygon is a beat, a point a checkpoint. Other properties are not read. */
export const BeatFeature = z.object({
  type: z.literal('Feature'),
  geometry: BeatPolygon,
  properties: z.object({ ...featureWords, ring: BeatRing }),
});
export type BeatFeature = z.infer<typeof BeatFeature>;
export const CheckpointFeature = z.object({
  type: z.literal('Feature'),
  geometry: z.strictObject({ type: z.literal('Point'), coordinates: z.tuple([Lng, Lat]) }),
  properties: z.object({
    ...featureWords,
    kind: PointKind.default('checkpoint'),
    /** The name of a beat of the same collection or centre. */
    beat: Words.nullable().optional(),
    radiusM: checkpointTerms.radiusM.default(CHECKPOINT_DEFAULTS.radiusM),
    dwellS: checkpointTerms.dwellS.default(CHECKPOINT_DEFAULTS.dwellS),
    visits: VisitsByLevel.default({ ...CHECKPOINT_DEFAULTS.visits }),
    windows: checkpointTerms.windows.default([]),
    forces: checkpointTerms.forces.default([]),
    isGpsBlind: checkpointTerms.isGpsBlind.default(false),
  }),
});
export type CheckpointFeature = z.infer<typeof CheckpointFeature>;
export const PatrolFeatures = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(z.union([BeatFeature, CheckpointFeature])),
});
export type PatrolFeatures = z.infer<typeof PatrolFeatures>;
