import { z } from 'zod';
import { Id } from './ids.js';
import { Instant } from './time.js';

/**
 * One figure over the window `from`–`to`, beside what the same weekday and hours of `weeks` weeks usually give:
 * `usual` their median, `low` and `high` their tenth and ninetieth percentile; null where there is no history.
 */
export const Figure = z.object({
  value: z.number().nullable(),
  usual: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  weeks: z.number().int(),
  from: Instant,
  to: Instant,
});
export type Figure = z.infer<typeof Figure>;

/** `GET /api/figures?scope=`: what has been reported to a scope, counted at `at`. */
export const Figures = z.object({
  scope: Id,
  at: Instant,
  /** Incidents reported by hour of the centre's time zone, oldest first; the last hour still runs. */
  hours: z.array(Figure),
  /** Incidents reported since the centre's midnight, against the usual until this hour. */
  reported: Figure,
  /** Incidents open at `at`, against those open at this hour of the weekday. */
  open: Figure,
  /** Median minutes from dispatch to the first arrival, of arrivals in the last 24 hours. */
  arrivalMinutes: Figure,
  /** Part (0–1) of the same arrivals that were within their limit. */
  inTime: Figure,
});
export type Figures = z.infer<typeof Figures>;
