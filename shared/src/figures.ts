import { z } from 'zod';
import { Id } from './ids.js';
import { IncidentStatus } from './incident-flow.js';
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
  /** Query of `GET /api/incidents` for the list behind the figure, and how many incidents it has. */
  list: z.record(z.string(), z.string()).optional(),
  count: z.number().int().optional(),
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
  /** Part (0–1) of the same arrivals that were within their limit; its list are those that were not. */
  inTime: Figure,
  /** Part (0–1) of acceptances in the last 24 hours that were within their limit; its list are those that were not. */
  acceptedInTime: Figure.optional(),
  /** Open incidents by status and age in minutes, `from` counting and `to` not; null: no end. */
  ages: z
    .array(
      z.object({
        status: IncidentStatus,
        fromMinutes: z.number().int(),
        toMinutes: z.number().int().nullable(),
        count: z.number().int(),
        list: z.record(z.string(), z.string()),
      }),
    )
    .optional(),
});
export type Figures = z.infer<typeof Figures>;
