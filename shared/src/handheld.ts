import { z } from 'zod';
import { CheckIn } from './check-in.js';
import { EvidenceRule } from './flow-rules.js';
import { Id } from './ids.js';
import { Names } from './names.js';
import { Checkpoint } from './patrol-ground.js';
import { PatrolShift } from './patrol-shift.js';
import { Team } from './team.js';
import { Instant } from './time.js';
import { Visit } from './visit.js';

/**
 * A handheld says that it is there. `device` is a name that the page made for itself, once on each machine: what it
 * claims to have done later, and tells late, is believed only from its last word on.
 */
export const HandheldCall = z.strictObject({ device: Id });
export type HandheldCall = z.infer<typeof HandheldCall>;

/** As which device this machine tells positions; null: the team has another one that does. */
export const HandheldDevice = z.object({ device: Id.nullable() });
export type HandheldDevice = z.infer<typeof HandheldDevice>;

/** A place of the plan, as a handheld needs it. */
export const HandheldStop = Checkpoint.pick({
  id: true,
  name: true,
  names: true,
  lng: true,
  lat: true,
  radiusM: true,
  dwellS: true,
  isGpsBlind: true,
});
export type HandheldStop = z.infer<typeof HandheldStop>;

/** All that a team's handheld shows of its patrol, to be kept for when there is no network. */
export const Handheld = z.object({
  team: Team,
  home: z.object({ id: Id, names: Names }),
  /** From a day ago to a day ahead, by their start. */
  shifts: z.array(PatrolShift),
  /** Owed and made in these shifts, by their windows. */
  visits: z.array(Visit),
  stops: z.array(HandheldStop),
  /** Of the last day, newest first. */
  checkIns: z.array(CheckIn),
  /** What evidence the city wants by the end. */
  evidence: z.array(EvidenceRule).optional(),
  at: Instant,
});
export type Handheld = z.infer<typeof Handheld>;
