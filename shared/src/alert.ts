import { z } from 'zod';
import { Id } from './ids.js';
import { Category } from './category.js';
import { ClockStage } from './clock-rule.js';
import { DeviationFigures } from './deviation.js';
import { REASON_CHARS } from './reason.js';
import { Severity } from './severity.js';
import { Instant } from './time.js';

export const ALERT_RULES = ['clock', 'surge', 'deviation', 'door'] as const;
export const ALERT_STATES = [
  'raised',
  'acknowledged',
  'acting',
  'shelved',
  'resolved',
  'dismissed',
  'expired',
] as const;
export const AlertState = z.enum(ALERT_STATES);
export type AlertState = z.infer<typeof AlertState>;
export const ALERT_ACTIONS = ['acknowledge', 'act', 'shelve', 'resolve', 'dismiss'] as const;
export const AlertAction = z.enum(ALERT_ACTIONS);
export type AlertAction = z.infer<typeof AlertAction>;

/** State → action → next state. Shelved alerts come back by themselves at their `until`. */
export const ALERT_FLOW = {
  raised: {
    acknowledge: 'acknowledged',
    act: 'acting',
    shelve: 'shelved',
    resolve: 'resolved',
    dismiss: 'dismissed',
  },
  acknowledged: { act: 'acting', shelve: 'shelved', resolve: 'resolved', dismiss: 'dismissed' },
  acting: { resolve: 'resolved', dismiss: 'dismissed' },
  shelved: { acknowledge: 'acknowledged', resolve: 'resolved', dismiss: 'dismissed' },
  resolved: {},
  dismissed: {},
  expired: {},
} as const satisfies Record<AlertState, Partial<Record<AlertAction, AlertState>>>;
export const ENDED_ALERT_STATES: readonly AlertState[] = ['resolved', 'dismissed', 'expired'];

/** `dismiss` and `shelve` want a reason; `shelve` wants an end, at most twelve hours away. */
export const AlertStep = z.strictObject({
  version: z.number().int().positive(),
  reason: z.string().max(REASON_CHARS).optional(),
  until: Instant.optional(),
});
export type AlertStep = z.infer<typeof AlertStep>;

/** What the clock rule saw: which clock of which incident. */
export const ClockFigures = z.object({
  stage: ClockStage,
  dueAt: Instant,
  overdue: z.boolean(),
  limitMinutes: z.number(),
  /** Of the incident, which may have left the picture. */
  number: z.string().optional(),
});
/**
 * What the surge rule saw: `observed` citizen reports since `from`, where the same hours of the same weekday of
 * `historyDays` days give `expected`; `chance` is the Poisson tail P(X ≥ observed).
 */
export const SurgeFigures = z.object({
  observed: z.number().int(),
  expected: z.number(),
  from: Instant,
  to: Instant,
  historyDays: z.number().int(),
  chance: z.number(),
});

/** What positions come in by: batches over HTTP and Socket.IO, terminals, the city's broker. */
export const POSITION_DOORS = ['http', 'socket', 'jt808', 'mqtt'] as const;
export const PositionDoor = z.enum(POSITION_DOORS);
export type PositionDoor = z.infer<typeof PositionDoor>;
/** All devices of a door fell silent at once: it is the door that is not heard, not the teams. */
export const DoorFigures = z.object({
  door: PositionDoor,
  /** When anything was last heard through it. */
  from: Instant,
  /** When something was heard again; null while it is silent. */
  to: Instant.nullable(),
});
export type DoorFigures = z.infer<typeof DoorFigures>;

export const AlertCard = z.object({
  id: Id,
  rule: z.enum(ALERT_RULES),
  category: Category,
  severity: Severity,
  state: AlertState,
  version: z.number().int(),
  since: Instant,
  stateAt: Instant,
  until: Instant.nullable(),
  centre: Id,
  grid: z.string().nullable(),
  lng: z.number(),
  lat: z.number(),
  incidents: z.array(Id),
  clock: ClockFigures.nullable(),
  surge: SurgeFigures.nullable(),
  /** Each told only by the rule of its name. */
  deviation: DeviationFigures.optional(),
  door: DoorFigures.optional(),
});
export type AlertCard = z.infer<typeof AlertCard>;

/** An alert as HTTP answers it; `actions` are what this caller may do next. */
export const Alert = AlertCard.extend({
  actions: z.array(AlertAction),
  timeline: z.array(
    z.object({ fact: z.string(), by: z.string(), at: Instant, reason: z.string().nullable() }),
  ),
});
export type Alert = z.infer<typeof Alert>;
