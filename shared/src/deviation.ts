import { z } from 'zod';
import { DutyLevelNumber } from './duty-level.js';
import { Id } from './ids.js';
import { REASON_CHARS } from './reason.js';
import { Force, Mode } from './team.js';
import { Instant } from './time.js';

/** What a team on shift does otherwise than planned, and a device that has fallen silent. */
export const DEVIATIONS = ['off-beat', 'stationary', 'lost-contact', 'overspeed', 'silent-device'] as const;
export const Deviation = z.enum(DEVIATIONS);
export type Deviation = z.infer<typeof Deviation>;
/** Those that are about contact and say nothing of where anybody is. */
export const CONTACT_DEVIATIONS: readonly Deviation[] = ['lost-contact', 'silent-device'];

/**
 * From when on something is a deviation, for a duty level, a leading force and a mode (null: any). The one that names
 * most holds: a level counts more than a force, a force more than a mode.
 */
export const DeviationRule = z.strictObject({
  kind: Deviation,
  level: DutyLevelNumber.nullable(),
  force: Force.nullable(),
  mode: Mode.nullable(),
  /** Seconds for which it has to last; null: never a deviation. */
  afterS: z.number().int().min(10).max(86_400).nullable(),
  /** Seconds for which it must be over before it counts as over. */
  clearS: z.number().int().min(0).max(3_600),
  /** Metres beyond the beat, metres that still count as standing, km/h; null for the others. */
  bound: z.number().min(1).max(20_000).nullable(),
});
export type DeviationRule = z.infer<typeof DeviationRule>;

/** The unit of what a kind is bounded by; null: time alone says it. */
export const DEVIATION_BOUNDS = {
  'off-beat': 'metres',
  stationary: 'metres',
  'lost-contact': null,
  overspeed: 'kmh',
  'silent-device': null,
} as const satisfies Record<Deviation, 'metres' | 'kmh' | null>;

/** A rule that is to find something says how far or how fast is too much: without that it would never speak. */
export const isBounded = ({ kind, afterS, bound }: DeviationRule): boolean =>
  afterS === null || DEVIATION_BOUNDS[kind] === null || bound !== null;

const rule = (
  kind: Deviation,
  mode: Mode | null,
  afterS: number | null,
  bound: number | null,
  clearS = 60,
): DeviationRule => ({ kind, level: null, force: null, mode, afterS, clearS, bound });

/**
 * What holds until a city says otherwise. None of it is law: no published standard gives these numbers (domain §3.3
 * has the practice: call signs on the air, checks by GPS), so each line says what it assumes.
 */
export const FIRST_DEVIATION_RULES: readonly DeviationRule[] = [
  // A turn around the block or a way to fuel takes less; 200 m is two blocks, and more than a receiver's error in town.
  rule('off-beat', null, 600, 200),
  rule('off-beat', 'foot', 600, 100),
  rule('off-beat', 'video', null, null),
  // 动中备勤: standing by is part of a patrol; a third of an hour elsewhere than at a checkpoint is longer than a talk.
  rule('stationary', null, 1_200, 60),
  rule('stationary', 'foot', 1_800, 40),
  rule('stationary', 'drone', null, null),
  rule('stationary', 'video', null, null),
  // Terminals report every 1 to 30 s; in a cellar or an underpass nobody is for five minutes.
  rule('lost-contact', null, 300, null),
  rule('lost-contact', 'drone', 120, null),
  rule('lost-contact', 'video', null, null),
  // The fastest road of a city is signed 80; who is on an incident is not judged (road traffic law, art. 53).
  rule('overspeed', null, 30, 90, 30),
  // Faster than anybody runs for a minute.
  rule('overspeed', 'foot', 60, 25, 30),
  // Small unmanned aircraft are built for at most 100 km/h.
  rule('overspeed', 'drone', 30, 100, 30),
  rule('overspeed', 'video', null, null),
  // Three times what a terminal that sleeps between two heartbeats takes.
  rule('silent-device', null, 900, null),
  rule('silent-device', 'video', 3_600, null),
];

export interface JudgedTeam {
  readonly level: number;
  readonly force: Force;
  readonly mode: Mode;
}

/** The rule of a kind for a team; undefined where none was made for it. */
export function deviationRule(
  rules: readonly DeviationRule[],
  kind: Deviation,
  team: JudgedTeam,
): DeviationRule | undefined {
  let best: DeviationRule | undefined;
  for (const candidate of rules)
    if (candidate.kind === kind && fits(candidate, team) && (!best || weight(candidate) > weight(best)))
      best = candidate;
  return best;
}

const fits = ({ level, force, mode }: DeviationRule, team: JudgedTeam): boolean =>
  (level ?? team.level) === team.level &&
  (force ?? team.force) === team.force &&
  (mode ?? team.mode) === team.mode;
const weight = ({ level, force, mode }: DeviationRule): number =>
  (level === null ? 0 : 4) + (force === null ? 0 : 2) + (mode === null ? 0 : 1);

/** The rules by which deviations are judged; `version` 0: nobody has changed them. */
export const DeviationRules = z.object({ version: z.number().int(), rules: z.array(DeviationRule) });
export type DeviationRules = z.infer<typeof DeviationRules>;
/** Body of `POST /api/deviation-rules`: the rules take the place of those that stand, from the next look on. */
export const DeviationRulesChange = z.strictObject({
  version: z.number().int().min(0),
  rules: z
    .array(DeviationRule.refine(isBounded, { path: ['bound'], error: 'how far or how fast is too much' }))
    .max(300),
});
export type DeviationRulesChange = z.infer<typeof DeviationRulesChange>;

/**
 * What a liaison desk says to a question about a team of its force. `checking`: it asks its own; `safe`: they are well;
 * `on-task`: as its own command has it; `help-wanted`: they are not well; `declined`: it does not say.
 */
export const QUESTION_ANSWERS = ['checking', 'safe', 'on-task', 'help-wanted', 'declined'] as const;
export const QuestionAnswer = z.enum(QUESTION_ANSWERS);
export type QuestionAnswer = z.infer<typeof QuestionAnswer>;

/** What may be said after what was said; `asked`: nothing yet. A force may always find that its team is not well. */
export const QUESTION_FLOW = {
  asked: ['checking', 'safe', 'on-task', 'help-wanted', 'declined'],
  checking: ['safe', 'on-task', 'help-wanted', 'declined'],
  safe: ['on-task', 'help-wanted'],
  'on-task': ['safe', 'help-wanted'],
  'help-wanted': ['safe'],
  declined: ['checking', 'safe', 'on-task', 'help-wanted'],
} as const satisfies Record<QuestionAnswer | 'asked', readonly QuestionAnswer[]>;

/** Body of `POST /api/alerts/:id/answer`; the note is read over HTTP and stands in no card. */
export const QuestionReply = z.strictObject({
  version: z.number().int().positive(),
  answer: QuestionAnswer,
  note: z.string().trim().max(REASON_CHARS).optional(),
});
export type QuestionReply = z.infer<typeof QuestionReply>;

/** What a deviation alert is about: a team, never a person, and no place: where it is, or was, frames tell. */
export const DeviationFigures = z.object({
  kind: Deviation,
  team: Id,
  callSign: z.string(),
  /** Since when it is so. */
  from: Instant,
  /** When it was over; null while it lasts. */
  to: Instant.nullable(),
  /** What the rule allows. */
  limitS: z.number().int(),
  bound: z.number().nullable(),
  /** The one that is silent. */
  device: Id.optional(),
  /** The force whose liaison is asked about it: nobody here commands the team. */
  asks: Force.optional(),
  /** What that liaison has said to it last. */
  answer: QuestionAnswer.optional(),
  answeredAt: Instant.optional(),
});
export type DeviationFigures = z.infer<typeof DeviationFigures>;
