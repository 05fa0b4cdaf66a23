import { z } from 'zod';
import { Lat, Lng } from './geo.js';
import { Id } from './ids.js';
import { Names } from './names.js';
import { LiaisonForce, PositionRelease } from './release.js';
import { Instant } from './time.js';

/** What armed police and militia are asked for (domain §3.3); neither is ever ordered. */
export const FORCE_TASKS = ['cordon', 'crowd', 'search-rescue', 'disaster', 'guard', 'standby'] as const;
export const ForceTask = z.enum(FORCE_TASKS);
export type ForceTask = z.infer<typeof ForceTask>;

export const FORCE_REQUEST_STATES = ['requested', 'answered', 'active', 'ended', 'withdrawn'] as const;
export const ForceRequestState = z.enum(FORCE_REQUEST_STATES);
export type ForceRequestState = z.infer<typeof ForceRequestState>;
export const FORCE_ANSWERS = ['released', 'partly', 'declined'] as const;
export const ForceAnswer = z.enum(FORCE_ANSWERS);
export type ForceAnswer = z.infer<typeof ForceAnswer>;
export const FORCE_REQUEST_ACTIONS = ['answer', 'start', 'end', 'withdraw'] as const;
export const ForceRequestAction = z.enum(FORCE_REQUEST_ACTIONS);
export type ForceRequestAction = z.infer<typeof ForceRequestAction>;

/**
 * State → action → next state. The force answers through its liaison desk and says when its people set out; both sides
 * may end it, and whoever asked may take it back before. A declined request can only be ended.
 */
export const FORCE_REQUEST_FLOW = {
  requested: { answer: 'answered', withdraw: 'withdrawn' },
  answered: { start: 'active', end: 'ended', withdraw: 'withdrawn' },
  active: { end: 'ended' },
  ended: {},
  withdrawn: {},
} as const satisfies Record<ForceRequestState, Partial<Record<ForceRequestAction, ForceRequestState>>>;
export const LIAISON_ACTIONS: readonly ForceRequestAction[] = ['answer', 'start', 'end'];
export const ASKER_ACTIONS: readonly ForceRequestAction[] = ['end', 'withdraw'];
export const ENDED_REQUEST_STATES: readonly ForceRequestState[] = ['ended', 'withdrawn'];
export const LONGEST_REQUEST_DAYS = 31;

/** What a force releases for a request: its teams that the product knows, how many people, and where they are. */
export const ForceReleased = z.strictObject({
  teams: z.array(Id).max(30),
  headcount: z.number().int().min(0).max(5000).nullable(),
  positions: PositionRelease,
});
export type ForceReleased = z.infer<typeof ForceReleased>;

/** What walls of its scopes may know: no word of it. */
export const ForceRequestCard = z.object({
  id: Id,
  force: LiaisonForce,
  centre: Id,
  incident: Id.nullable(),
  task: ForceTask,
  state: ForceRequestState,
  answer: ForceAnswer.nullable(),
  version: z.number().int(),
  /** How many people are asked for. */
  asked: z.number().int(),
  released: ForceReleased.nullable(),
  lng: z.number().nullable(),
  lat: z.number().nullable(),
  from: Instant,
  to: Instant,
  stateAt: Instant,
});
export type ForceRequestCard = z.infer<typeof ForceRequestCard>;

/** A request as HTTP answers it; `actions` are what this caller may do next. */
export const ForceRequest = ForceRequestCard.extend({
  text: z.string(),
  by: z.string(),
  /** The asker is no centre of its liaison desk's tree. */
  centreNames: Names,
  incidentNumber: z.string().nullable(),
  actions: z.array(ForceRequestAction),
  timeline: z.array(z.object({ fact: z.string(), by: z.string(), at: Instant, text: z.string().nullable() })),
});
export type ForceRequest = z.infer<typeof ForceRequest>;

export const ForceRequestDraft = z.strictObject({
  force: LiaisonForce,
  task: ForceTask,
  asked: z.number().int().min(1).max(5000),
  text: z.string().trim().min(1).max(2000),
  incident: Id.optional(),
  place: z.strictObject({ lng: Lng, lat: Lat }).optional(),
  from: Instant.optional(),
  to: Instant,
});
export type ForceRequestDraft = z.infer<typeof ForceRequestDraft>;

/** `answer` wants how it was answered and, unless declined, what is released; declined wants words. */
export const ForceRequestStep = z.strictObject({
  version: z.number().int().positive(),
  answer: ForceAnswer.optional(),
  released: ForceReleased.optional(),
  text: z.string().trim().max(2000).optional(),
});
export type ForceRequestStep = z.infer<typeof ForceRequestStep>;
