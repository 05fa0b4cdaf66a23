import { z } from 'zod';
import { Id } from './ids.js';
import { Headcounts, Mode, TeamStatus, Tier } from './team.js';
import { Instant } from './time.js';

/**
 * How a team's way is estimated as long as no roads are asked: metres in a straight line, stretched to road metres,
 * at the usual speed of its mode (domain §3.2: × 1.3–1.4; vehicle 40 with lights, motorcycle 35, on foot 5–6 km/h).
 */
export const REACH = {
  method: 'straight-line × 1.4 at mode speed',
  detour: 1.4,
  /** Null: does not travel. */
  speedKmh: { vehicle: 40, motorcycle: 35, foot: 5.5, drone: 50, video: null } satisfies Record<
    Mode,
    number | null
  >,
} as const;

/** Whole minutes over a straight line, at least one; null for what does not travel. */
export function reachMinutes(mode: Mode, straightM: number): number | null {
  const speed = REACH.speedKmh[mode];
  if (speed === null) return null;
  return Math.max(1, Math.ceil((straightM * REACH.detour * 60) / (speed * 1000)));
}

/** A position older than this is told as old beside a team that could be sent. */
export const OLD_POSITION_MS = 5 * 60_000;

/**
 * Why a team cannot be sent: it is bound, resting or broken, nobody knows where it is, it does not travel, armed
 * police are only ever requested, or police have to be there and it has militia alone.
 */
export const UNFREE_REASONS = [
  'busy',
  'rest',
  'out-of-service',
  'no-position',
  'cannot-go',
  'armed-police-only',
  'militia-alone',
] as const;
export const UnfreeReason = z.enum(UNFREE_REASONS);
export type UnfreeReason = z.infer<typeof UnfreeReason>;

/** A team that could go to an incident, or why it cannot. */
export const Candidate = z.object({
  team: Id,
  callSign: z.string(),
  mode: Mode,
  tier: Tier,
  status: TeamStatus,
  forces: Headcounts,
  /** Its home. */
  centre: Id,
  /** Metres in a straight line, and whole minutes by `method`; null without a position. */
  distanceM: z.number().nullable(),
  minutes: z.number().int().nullable(),
  observedAt: Instant.nullable(),
  warnings: z.array(z.enum(['position-old'])),
  /** Null: it can be sent. */
  reason: UnfreeReason.nullable(),
  /** Where a busy team is bound, as far as the caller sees those incidents. */
  busyWith: z.array(z.object({ id: Id, number: z.string() })),
  /** Told of a busy team that a person may send all the same, with a reason: all that it is on, seen or not. */
  override: z.object({ incidents: z.array(Id) }).optional(),
  /** How many other teams of its home centre and below could still be sent without it. */
  leavesFree: z.number().int(),
});
export type Candidate = z.infer<typeof Candidate>;

/** `GET /api/incidents/:id/candidates`: those that can be sent by minutes, then the others. */
export const Candidates = z.object({ items: z.array(Candidate), method: z.string(), at: Instant });
export type Candidates = z.infer<typeof Candidates>;
