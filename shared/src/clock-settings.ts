import { z } from 'zod';
import { ClockRule } from './clock-rule.js';
import { FlowLimits } from './flow-limits.js';

const MinuteOfDay = z.number().int().min(0).max(1440);
/** Spans of a workday in minutes of the day, one after the other. */
export const WorkHours = z
  .array(z.tuple([MinuteOfDay, MinuteOfDay]))
  .min(1)
  .max(6)
  .refine(
    (spans) => spans.every(([from, until], i) => from < until && from >= (spans[i - 1]?.[1] ?? 0)),
    'expected spans in order, each ending after it begins',
  );
export type WorkHours = z.infer<typeof WorkHours>;

/** Eight to twelve and two to six. */
export const FIRST_HOURS: WorkHours = [
  [8 * 60, 12 * 60],
  [14 * 60, 18 * 60],
];

/** What a city goes by: limits of time, hours of work, and what else it has decided about the flow. */
export const ClockSettings = z.object({
  version: z.number().int(),
  rules: z.array(ClockRule),
  hours: WorkHours,
  limits: FlowLimits,
  /** Years with a calendar, and how many days in it are said to be otherwise than the week has them. */
  years: z.array(
    z.object({ year: z.number().int(), holidays: z.number().int(), workdays: z.number().int() }),
  ),
});
export type ClockSettings = z.infer<typeof ClockSettings>;

/** Body of `POST /api/clocks`: what is given takes the place of what stands, from now on. */
export const ClockChange = z.strictObject({
  version: z.number().int().min(0),
  rules: z.array(ClockRule).max(2000).optional(),
  hours: WorkHours.optional(),
  limits: FlowLimits.optional(),
});
export type ClockChange = z.infer<typeof ClockChange>;

/** Body of `POST /api/calendars`: a file with a line for each day that is otherwise: `2026-10-01,holiday,国庆节`. */
export const CalendarFile = z.strictObject({
  year: z.number().int().min(2000).max(2100),
  text: z.string().min(1).max(100_000),
});
export type CalendarFile = z.infer<typeof CalendarFile>;

export const CalendarDay = z.object({
  date: z.string(),
  kind: z.enum(['holiday', 'workday']),
  name: z.string(),
});
export type CalendarDay = z.infer<typeof CalendarDay>;

export const Calendar = z.object({ year: z.number().int(), days: z.array(CalendarDay) });
export type Calendar = z.infer<typeof Calendar>;
