import { z } from 'zod';
import { Id } from './ids.js';
import { Instant } from './time.js';

export const INSTRUCTION_STATES = ['sent', 'signed', 'answered', 'closed', 'withdrawn'] as const;
export const InstructionState = z.enum(INSTRUCTION_STATES);
export type InstructionState = z.infer<typeof InstructionState>;
export const INSTRUCTION_ACTIONS = ['sign', 'answer', 'close', 'return', 'withdraw'] as const;
export const InstructionAction = z.enum(INSTRUCTION_ACTIONS);
export type InstructionAction = z.infer<typeof InstructionAction>;

/** State → action → next state. The recipient signs and answers; the sender closes, returns the answer, or withdraws. */
export const INSTRUCTION_FLOW = {
  sent: { sign: 'signed', withdraw: 'withdrawn' },
  signed: { answer: 'answered', withdraw: 'withdrawn' },
  answered: { close: 'closed', return: 'signed' },
  closed: {},
  withdrawn: {},
} as const satisfies Record<InstructionState, Partial<Record<InstructionAction, InstructionState>>>;
export const ENDED_INSTRUCTION_STATES: readonly InstructionState[] = ['closed', 'withdrawn'];
/** States in which the recipient has still to do something, by its due time. */
export const WAITING_INSTRUCTION_STATES: readonly InstructionState[] = ['sent', 'signed'];
export const RECIPIENT_ACTIONS: readonly InstructionAction[] = ['sign', 'answer'];
/** Actions that want words: the answer, or why. */
export const WORDED_INSTRUCTION_ACTIONS: readonly InstructionAction[] = ['answer', 'return', 'withdraw'];
export const LONGEST_INSTRUCTION_DAYS = 30;
export const INSTRUCTION_RECIPIENTS = 200;

/** Body of `POST /api/instructions`: one instruction for each recipient, which all stand below the sender. */
export const InstructionDraft = z.strictObject({
  to: z.array(Id).min(1).max(INSTRUCTION_RECIPIENTS),
  text: z.string().trim().min(1).max(2000),
  urgent: z.boolean().optional(),
  dueAt: Instant,
  incident: Id.optional(),
});
export type InstructionDraft = z.infer<typeof InstructionDraft>;

/** `answer`, `return` and `withdraw` want words; `return` may set a new due time. */
export const InstructionStep = z.strictObject({
  version: z.number().int().positive(),
  text: z.string().trim().max(2000).optional(),
  dueAt: Instant.optional(),
});
export type InstructionStep = z.infer<typeof InstructionStep>;

/** What walls of both sides, and of those above them, may know: no word of it. `parent`: all that were sent together. */
export const InstructionCard = z.object({
  id: Id,
  parent: Id,
  from: Id,
  to: Id,
  state: InstructionState,
  version: z.number().int(),
  urgent: z.boolean(),
  incident: Id.nullable(),
  sentAt: Instant,
  stateAt: Instant,
  dueAt: Instant,
  /** Not answered by its due time. */
  overdue: z.boolean(),
});
export type InstructionCard = z.infer<typeof InstructionCard>;

/** An instruction as HTTP answers it; `actions` are what this caller may do next. */
export const Instruction = InstructionCard.extend({
  text: z.string(),
  /** Only where its words were erased. */
  erased: z.literal(true).optional(),
  by: z.string(),
  incidentNumber: z.string().nullable(),
  actions: z.array(InstructionAction),
  timeline: z.array(z.object({ fact: z.string(), by: z.string(), at: Instant, text: z.string().nullable() })),
});
export type Instruction = z.infer<typeof Instruction>;

export const InstructionsSent = z.object({ parent: Id, items: z.array(Instruction) });
export type InstructionsSent = z.infer<typeof InstructionsSent>;

/** Query of `GET /api/instructions`, newest first. `box` is seen from `centre`, the caller's own without it. */
export const InstructionQuery = z.strictObject({
  box: z.enum(['received', 'sent']).optional(),
  centre: Id.optional(),
  parent: Id.optional(),
  open: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(120).optional(),
});
export type InstructionQuery = z.infer<typeof InstructionQuery>;
