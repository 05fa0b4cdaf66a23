import { z } from 'zod';
import { Level } from './centre.js';
import { Category } from './category.js';
import { SEVERITIES, Severity } from './severity.js';

/**
 * Stages whose time is limited. The first five follow each other and run one at a time; `offer` runs while an incident
 * is offered to another centre, `supervise` until a supervision is answered, `follow-up` from the close to the visit.
 * The last three are the clocks of reports upward: after it was told, after the last report, after it was handled.
 */
export const CLOCK_STAGES = [
  'accept',
  'dispatch',
  'arrive',
  'handle',
  'verify',
  'offer',
  'supervise',
  'follow-up',
  'report-first',
  'report-follow-up',
  'report-final',
] as const;
export const ClockStage = z.enum(CLOCK_STAGES);
export type ClockStage = z.infer<typeof ClockStage>;

/**
 * How time is counted. 紧急工作时 `emergency` runs on through nights and holidays, 工作时 `working` in the hours of work
 * alone, both in minutes; 工作日 `workdays` and 自然日 `days` are counted in days of 24 hours.
 */
export const TIME_KINDS = ['emergency', 'working', 'workdays', 'days'] as const;
export const TimeKind = z.enum(TIME_KINDS);
export type TimeKind = z.infer<typeof TimeKind>;

/** Milliseconds of one unit of a kind: a minute, or a day. */
export const UNIT_MS = {
  emergency: 60_000,
  working: 60_000,
  workdays: 86_400_000,
  days: 86_400_000,
} as const;

/**
 * One limit. `null` stands for every level, category or severity. Of those that fit, one that names the severity wins,
 * then one that names the category, then one that names the level. A `value` of 0 means that no clock runs.
 */
export const ClockRule = z.strictObject({
  level: Level.nullable(),
  category: Category.nullable(),
  severity: Severity.nullable(),
  stage: ClockStage,
  kind: TimeKind,
  value: z.number().min(0).max(100_000),
});
export type ClockRule = z.infer<typeof ClockRule>;

/** The first clocks, minutes by severity, in emergency hours (they run through nights and holidays). */
export const FIRST_CLOCKS = {
  accept: { 1: 5, 2: 5, 3: 15, 4: 30 },
  dispatch: { 1: 3, 2: 3, 3: 10, 4: 30 },
  arrive: { 1: 5, 2: 5, 3: 10, 4: 20 },
  'report-first': { 1: 30, 2: 60, 3: 120 },
  'report-follow-up': { 1: 120, 2: 240 },
  'report-final': { 1: 1440, 2: 1440, 3: 2880 },
} as const satisfies Partial<Record<ClockStage, Partial<Record<Severity, number>>>>;
/** Part of a limit that is left when a clock counts as about to be overdue. */
export const SOON_SHARE = 0.2;

const inEmergency = (stage: ClockStage, minutes: Readonly<Partial<Record<Severity, number>>>): ClockRule[] =>
  SEVERITIES.flatMap((severity) => {
    const value = minutes[severity];
    return value === undefined ? [] : [{ ...everywhere, severity, stage, kind: 'emergency', value }];
  });
const everywhere = { level: null, category: null } as const;

/** The limits of a city that has not set its own. */
export const FIRST_CLOCK_RULES: readonly ClockRule[] = [
  ...inEmergency('accept', FIRST_CLOCKS.accept),
  ...inEmergency('dispatch', FIRST_CLOCKS.dispatch),
  ...inEmergency('arrive', FIRST_CLOCKS.arrive),
  ...inEmergency('offer', FIRST_CLOCKS.accept),
  { ...everywhere, severity: null, stage: 'supervise', kind: 'working', value: 8 * 60 },
  { ...everywhere, severity: null, stage: 'follow-up', kind: 'workdays', value: 5 },
  ...inEmergency('report-first', FIRST_CLOCKS['report-first']),
  ...inEmergency('report-follow-up', FIRST_CLOCKS['report-follow-up']),
  ...inEmergency('report-final', FIRST_CLOCKS['report-final']),
];

/** What a limit is looked up by. */
export interface ClockSubject {
  readonly level: string;
  readonly category: Category;
  readonly severity: Severity;
}

/** The rule that a stage of an incident goes by; undefined where no clock runs. */
export function clockRuleFor(
  rules: readonly ClockRule[],
  stage: ClockStage,
  { level, category, severity }: ClockSubject,
): ClockRule | undefined {
  const fits = <T>(wanted: T | null, seen: T): boolean => wanted === null || wanted === seen;
  const found = rules
    .filter((rule) => rule.stage === stage)
    .filter(
      (rule) => fits(rule.level, level) && fits(rule.category, category) && fits(rule.severity, severity),
    )
    .sort((a, b) => weightOf(b) - weightOf(a))[0];
  return found && found.value > 0 ? found : undefined;
}

const weightOf = ({ level, category, severity }: ClockRule): number =>
  (severity === null ? 0 : 4) + (category === null ? 0 : 2) + (level === null ? 0 : 1);
