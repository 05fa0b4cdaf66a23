import type { Crew, Level, ShiftPattern } from '@app/shared';
import { shiftsOf } from '../patrols/shift-plan.rules.js';

/** How the demo's patrols are on duty. */
export type Pattern = Extract<ShiftPattern, '3x8' | '2x12'>;
export const PATTERNS = ['3x8', '2x12'] as const satisfies readonly Pattern[];

/** Patrols of a county go on around the clock with four crews; those of a town take turns by day and night. */
export const patternOf = (level: Level): Pattern => (level === 'county' ? '3x8' : '2x12');

const CREWS = { '3x8': ['A', 'B', 'C', 'D'], '2x12': ['A', 'B', 'C'] } as const satisfies Record<
  Pattern,
  readonly Crew[]
>;
const DAY_MS = 86_400_000;

/**
 * The crews of a plan that begins on a day, `2026-11-25`, and moves on one place a day: whichever day a plan begins on,
 * it goes on where the one before it would have.
 */
export function crewsFrom(pattern: Pattern, day: string): Crew[] {
  const crews = CREWS[pattern];
  const turn = Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS) % crews.length;
  return [...crews.slice(crews.length - turn), ...crews.slice(0, crews.length - turn)];
}

/** The turns of a pattern from a day on, of whichever team. */
export const turnsOf = (pattern: Pattern, from: string, days: number, timeZone: string) =>
  shiftsOf({ teams: [''], pattern, from, days, crews: crewsFrom(pattern, from), turnDays: 1 }, timeZone);
