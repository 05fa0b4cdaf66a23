import { z } from 'zod';

/** A clock is extended at most so often. */
export const MOST_EXTENSIONS = 2;

/** What a city decides about the flow beside its clocks. */
export const FlowLimits = z.strictObject({
  /** The longest time for which an incident may be suspended. */
  suspendDays: z.number().int().min(1).max(365),
  /** For how long after its close an incident may be reopened. */
  reopenDays: z.number().int().min(1).max(3650),
  /** What counts as the same incident told twice: how near, and how long ago. */
  duplicateRadiusM: z.number().int().min(1).max(5000),
  duplicateHours: z.number().int().min(1).max(720),
  /** For how long a merge may be taken back. */
  unmergeMinutes: z.number().int().min(1).max(1440),
});
export type FlowLimits = z.infer<typeof FlowLimits>;

export const FIRST_LIMITS: FlowLimits = {
  suspendDays: 365,
  reopenDays: 30,
  duplicateRadiusM: 50,
  duplicateHours: 24,
  unmergeMinutes: 60,
};
