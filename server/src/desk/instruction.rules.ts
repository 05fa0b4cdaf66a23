import {
  ENDED_INSTRUCTION_STATES,
  type Id,
  INSTRUCTION_FLOW,
  type InstructionAction,
  type InstructionState,
  LONGEST_INSTRUCTION_DAYS,
  RECIPIENT_ACTIONS,
  toInstant,
  toMs,
  WAITING_INSTRUCTION_STATES,
  WORDED_INSTRUCTION_ACTIONS,
} from '@app/shared';
import { accept, type Decision, refuse } from '../platform/decision.js';
import type { InstructionRow } from './instruction.table.js';

const DAY_MS = 86_400_000;

export const INSTRUCTION_FACTS = {
  send: 'instruction.sent',
  sign: 'instruction.signed',
  answer: 'instruction.answered',
  close: 'instruction.closed',
  return: 'instruction.returned',
  withdraw: 'instruction.withdrawn',
  overdue: 'instruction.overdue',
} as const satisfies Record<InstructionAction | 'send' | 'overdue', string>;

/** The next state of an instruction without its audience. */
export interface InstructionMoved {
  readonly next: InstructionRow;
  readonly fact: (typeof INSTRUCTION_FACTS)[keyof typeof INSTRUCTION_FACTS];
}

/** On which side of an instruction somebody stands. */
export type Side = 'sender' | 'recipient' | null;

export interface InstructionStepGiven {
  readonly action: InstructionAction;
  readonly side: Side;
  readonly text: string | null;
  /** A new due time, ms since 1970; null: the old one stands. */
  readonly dueAt: number | null;
  readonly now: number;
}

export const isOpen = ({ state }: Pick<InstructionRow, 'state'>): boolean =>
  !ENDED_INSTRUCTION_STATES.includes(state);
export const isWaiting = ({ state }: Pick<InstructionRow, 'state'>): boolean =>
  WAITING_INSTRUCTION_STATES.includes(state);

const sideOf = (action: InstructionAction): Side =>
  RECIPIENT_ACTIONS.includes(action) ? 'recipient' : 'sender';

/** Actions that the state allows to a side, in the flow's order. */
export function instructionActionsFor(state: InstructionState, side: Side): InstructionAction[] {
  const legal = Object.keys(INSTRUCTION_FLOW[state]) as InstructionAction[];
  return legal.filter((action) => sideOf(action) === side);
}

/** By when it must be answered: in the future, and within a month. */
export function dueTold(told: string, now: number): Decision<number> {
  const at = toMs(told);
  const latest = now + LONGEST_INSTRUCTION_DAYS * DAY_MS;
  if (at <= now) return refuse('time.past', { seen: told, now: toInstant(now) });
  if (at > latest) return refuse('time.future', { seen: told, wanted: toInstant(latest) });
  return accept(at);
}

/** Moves an instruction one step along INSTRUCTION_FLOW, or says why it may not move. */
export function step(
  instruction: InstructionRow,
  { action, side, text, dueAt, now }: InstructionStepGiven,
): Decision<InstructionMoved> {
  const { state } = instruction;
  const to = (INSTRUCTION_FLOW[state] as Partial<Record<InstructionAction, InstructionState>>)[action];
  if (to === undefined)
    return refuse('instruction.illegal-step', {
      from: state,
      action,
      legal: Object.keys(INSTRUCTION_FLOW[state]),
    });
  if (side !== sideOf(action)) return refuse('scope.denied', { seen: side, wanted: sideOf(action), action });
  if (WORDED_INSTRUCTION_ACTIONS.includes(action) && text === null)
    return refuse('instruction.text-wanted', { action });
  if (dueAt !== null && action !== 'return')
    return refuse('request.malformed', { field: 'dueAt', wanted: `none with ${action}` });
  const next = { ...instruction, state: to, stateAt: now, version: instruction.version + 1 };
  const moved = action === 'return' ? renewed(next, dueAt, now) : next;
  return accept({ next: moved, fact: INSTRUCTION_FACTS[action] });
}

/** An answer that was not enough: by the new due time, or by the old one, which may have passed. */
function renewed(next: InstructionRow, dueAt: number | null, now: number): InstructionRow {
  const due = dueAt ?? next.dueAt;
  return { ...next, dueAt: due, overdue: due <= now };
}

/** Not answered by its due time; undefined when it was, or has been called overdue before. */
export function turnOverdue(instruction: InstructionRow, now: number): InstructionMoved | undefined {
  if (!isWaiting(instruction) || instruction.overdue || now < instruction.dueAt) return undefined;
  const next = { ...instruction, overdue: true, version: instruction.version + 1 };
  return { next, fact: INSTRUCTION_FACTS.overdue };
}

export type InstructionSent = Pick<
  InstructionRow,
  'parent' | 'sender' | 'urgent' | 'incident' | 'sentAt' | 'dueAt'
>;

/** An instruction to one of its recipients. */
export const send = (sent: InstructionSent, id: Id, recipient: Id): InstructionMoved => ({
  next: {
    ...sent,
    id,
    recipient,
    state: 'sent',
    version: 1,
    stateAt: sent.sentAt,
    overdue: false,
    seenBy: [],
  },
  fact: INSTRUCTION_FACTS.send,
});
