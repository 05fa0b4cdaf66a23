import { z } from 'zod';
import { CardItemKey } from './action-card.js';
import { AlertCard } from './alert.js';
import { EQUIPMENT_ITEMS, EquipmentCheck } from './equipment.js';
import { Id } from './ids.js';
import { IncidentCard } from './incident.js';
import { Names } from './names.js';
import { REASON_CHARS } from './reason.js';
import { Instant } from './time.js';

export const LOG_KINDS = [
  'note',
  'call',
  'order',
  'inspection',
  'equipment',
  'matter',
  'done',
  'correction',
] as const;
export const LogKind = z.enum(LOG_KINDS);
export type LogKind = z.infer<typeof LogKind>;
/** Kinds that speak of an entry before them: `done` of a matter, `correction` of any. */
export const REFERRING_LOG_KINDS: readonly LogKind[] = ['done', 'correction'];

/** Body of `POST /api/duty-log`: always of the caller's own centre. A `matter` goes from shift to shift until it is done. */
export const LogDraft = z.strictObject({
  kind: LogKind,
  text: z.string().trim().min(1).max(2000),
  occurredAt: Instant.optional(),
  incident: Id.optional(),
  alert: Id.optional(),
  refers: Id.optional(),
});
export type LogDraft = z.infer<typeof LogDraft>;

const LogMark = z.object({ id: Id, number: z.number().int() });

/** A line of a centre's duty log. Numbers of a centre have no gap: what was written stands. */
export const LogEntry = z.object({
  id: Id,
  centre: Id,
  number: z.number().int(),
  kind: LogKind,
  text: z.string(),
  /** Only where its words were erased; that there were some stays. */
  erased: z.literal(true).optional(),
  by: z.string(),
  occurredAt: Instant,
  recordedAt: Instant,
  incident: z.object({ id: Id, number: z.string() }).nullable(),
  alert: Id.nullable(),
  refers: LogMark.nullable(),
  /** The entry that settled this matter. */
  doneBy: LogMark.nullable(),
  /** The last entry that corrects this one. */
  correctedBy: LogMark.nullable(),
});
export type LogEntry = z.infer<typeof LogEntry>;

/** Query of `GET /api/duty-log`, newest first. `open`: only matters that nobody has settled. */
export const LogQuery = z.strictObject({
  centre: Id.optional(),
  kind: LogKind.optional(),
  incident: Id.optional(),
  open: z.literal('true').optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(20).optional(),
});
export type LogQuery = z.infer<typeof LogQuery>;

export const DUTY_SHIFT_STATES = ['on', 'handing', 'handed', 'lapsed'] as const;
export const DutyShiftState = z.enum(DUTY_SHIFT_STATES);
export type DutyShiftState = z.infer<typeof DutyShiftState>;
export const DUTY_SHIFT_ACTIONS = ['sign', 'resume', 'take', 'relieve'] as const;
export const DutyShiftAction = z.enum(DUTY_SHIFT_ACTIONS);
export type DutyShiftAction = z.infer<typeof DutyShiftAction>;

/**
 * State → action → next state. The officer on duty signs the sheet (or takes that back) and another one takes over; who
 * relieves an officer that has not signed leaves a shift that lapsed.
 */
export const DUTY_SHIFT_FLOW = {
  on: { sign: 'handing', relieve: 'lapsed' },
  handing: { resume: 'on', take: 'handed' },
  handed: {},
  lapsed: {},
} as const satisfies Record<DutyShiftState, Partial<Record<DutyShiftAction, DutyShiftState>>>;
export const ENDED_SHIFT_STATES: readonly DutyShiftState[] = ['handed', 'lapsed'];
/** Steps of the officer on duty; the others are for a second person of the same centre. */
export const OFFICER_ACTIONS: readonly DutyShiftAction[] = ['sign', 'resume'];

/** How long after its planned end a shift without a handover is called abnormal. */
export const SHIFT_GRACE_MINUTES = 15;
/** The longest shift that can be planned. */
export const LONGEST_SHIFT_HOURS = 26;
/** When shifts change unless somebody plans otherwise, in hours of the city's clock. */
export const SHIFT_TURN_HOURS = [0, 8, 16] as const;

/** How many handovers a thing has gone through without an end. */
const Carried = { carried: z.number().int() };
export const SheetIncident = IncidentCard.pick({
  id: true,
  number: true,
  category: true,
  severity: true,
  status: true,
  centre: true,
  place: true,
  masked: true,
  since: true,
}).extend({ due: z.object({ stage: z.string(), at: Instant }).nullable(), ...Carried });
export type SheetIncident = z.infer<typeof SheetIncident>;
export const SheetAlert = AlertCard.pick({
  id: true,
  rule: true,
  category: true,
  severity: true,
  state: true,
  centre: true,
  since: true,
  deviation: true,
}).extend(Carried);
export type SheetAlert = z.infer<typeof SheetAlert>;
export const SheetInstruction = z.object({
  id: Id,
  from: Id,
  to: Id,
  state: z.string(),
  urgent: z.boolean(),
  dueAt: Instant,
  overdue: z.boolean(),
  ...Carried,
});
export type SheetInstruction = z.infer<typeof SheetInstruction>;
export const SheetMatter = z.object({
  id: Id,
  number: z.number().int(),
  text: z.string(),
  by: z.string(),
  at: Instant,
  ...Carried,
});
export type SheetMatter = z.infer<typeof SheetMatter>;
/** `ok: null`: nobody has looked yet. `names` of what the product has no words for. */
export const SheetEquipment = z.object({
  key: CardItemKey,
  names: Names.optional(),
  ok: z.boolean().nullable(),
  note: z.string().nullable(),
  ...Carried,
});
export type SheetEquipment = z.infer<typeof SheetEquipment>;

/** What is open at a centre at one moment: everything up to entry `seq` of the journal, and of its own log. */
export const HandoverSheet = z.object({
  drawnAt: Instant,
  seq: z.number().int(),
  incidents: z.array(SheetIncident),
  alerts: z.array(SheetAlert),
  instructions: z.array(SheetInstruction),
  matters: z.array(SheetMatter),
  equipment: z.array(SheetEquipment),
});
export type HandoverSheet = z.infer<typeof HandoverSheet>;

/** What came and what ended between the outgoing officer's signature and the taking over; keys are `kind:id`. */
export const SheetChange = z.object({
  drawnAt: Instant,
  seq: z.number().int(),
  added: HandoverSheet.pick({ incidents: true, alerts: true, instructions: true, matters: true }),
  gone: z.array(z.string()),
});
export type SheetChange = z.infer<typeof SheetChange>;

/** What a wall may know of the shift that is on. */
export const DutyShiftCard = z.object({
  id: Id,
  centre: Id,
  state: DutyShiftState,
  version: z.number().int(),
  since: Instant,
  dueAt: Instant,
  /** Its planned end has passed without a handover. */
  overran: z.boolean(),
});
export type DutyShiftCard = z.infer<typeof DutyShiftCard>;

const Signature = z.object({ by: z.string(), at: Instant });
/** A shift in a list; `actions` are what this caller may do next. */
export const DutyShiftItem = DutyShiftCard.extend({
  officer: z.string(),
  endedAt: Instant.nullable(),
  previous: Id.nullable(),
  next: Id.nullable(),
  outgoing: Signature.nullable(),
  incoming: Signature.extend({ method: z.enum(['session', 'password']) }).nullable(),
  /** Why somebody took over without a handover. */
  reason: z.string().nullable(),
  notes: z.string().nullable(),
  actions: z.array(DutyShiftAction),
});
export type DutyShiftItem = z.infer<typeof DutyShiftItem>;

/** A shift with its sheet: as signed, or as it would be drawn up now while nobody has signed. */
export const DutyShift = DutyShiftItem.extend({
  sheet: HandoverSheet,
  isSigned: z.boolean(),
  after: SheetChange.nullable(),
});
export type DutyShift = z.infer<typeof DutyShift>;

export const DutyShiftStart = z.strictObject({ dueAt: Instant.optional() });
export type DutyShiftStart = z.infer<typeof DutyShiftStart>;

/**
 * Body of `POST /api/duty-shifts/:id/:action`. `sign` wants every piece of equipment looked at; `relieve` a reason. `as`
 * is the second person at the first one's screen; without it the session's own account signs.
 */
export const DutyShiftStep = z.strictObject({
  version: z.number().int().positive(),
  notes: z.string().trim().max(4000).optional(),
  equipment: z.array(EquipmentCheck).max(EQUIPMENT_ITEMS).optional(),
  reason: z.string().trim().max(REASON_CHARS).optional(),
  dueAt: Instant.optional(),
  as: z
    .strictObject({
      account: z.string().min(1).max(64),
      password: z.string().min(1).max(256),
      otp: z.string().max(12).optional(),
    })
    .optional(),
});
export type DutyShiftStep = z.infer<typeof DutyShiftStep>;
