import { z } from 'zod';
import { Category } from './category.js';
import { Lat, Lng } from './geo.js';
import { Id } from './ids.js';
import { IncidentStatus } from './incident-flow.js';
import { Severity } from './severity.js';
import { Force, Mode } from './team.js';
import { Instant } from './time.js';

/** The longest window of a replay, ms. */
export const LONGEST_REPLAY_MS = 24 * 3_600_000;
/** Between two fixes further apart than this nobody knows where a team was: no line is drawn, none is walked. */
export const TRACK_GAP_MS = 120_000;

/** `GET /api/replay`: a window within the retention, of one team or of all that a scope sees. */
export const ReplayQuery = z.strictObject({
  scope: Id.optional(),
  team: Id.optional(),
  from: Instant,
  to: Instant,
});
export type ReplayQuery = z.infer<typeof ReplayQuery>;

const Offsets = z.array(z.number().int());

/** Where a team was: columns of one length, oldest first. `at`: ms after `from`; places in millionths of a degree. */
export const ReplayTrack = z.object({
  id: Id,
  callSign: z.string(),
  lead: Force,
  mode: Mode,
  at: Offsets,
  lng: Offsets,
  lat: Offsets,
});
export type ReplayTrack = z.infer<typeof ReplayTrack>;

/**
 * An incident of that time, with the states it went through; `at`: ms after `from`, negative before the window. A step
 * without a status took it out of the scope's picture: it ended, or went to where the scope does not see it.
 */
export const ReplayIncident = z.object({
  id: Id,
  number: z.string(),
  category: Category,
  lng: Lng,
  lat: Lat,
  steps: z.array(z.object({ at: z.number().int(), status: IncidentStatus.nullable(), severity: Severity })),
});
export type ReplayIncident = z.infer<typeof ReplayIncident>;

/**
 * One fix per team and `stepMs` (the newest of each), so that an answer stays small whatever was asked. `isShort`: there
 * were more teams or incidents than an answer holds.
 */
export const Replay = z.object({
  from: Instant,
  to: Instant,
  stepMs: z.number().int(),
  teams: z.array(ReplayTrack),
  incidents: z.array(ReplayIncident),
  isShort: z.boolean(),
});
export type Replay = z.infer<typeof Replay>;

export const TRACK_FORMATS = ['gpx', 'csv'] as const;
export type TrackFormat = (typeof TRACK_FORMATS)[number];
