import type { AccountId, CentreId, Id, IncidentId, InstructionState, ScopeId } from '@app/shared';
import { EntitySchema } from 'typeorm';
import { msColumn } from '../platform/ms-column.js';

/** One instruction to one centre. Instants are ms since 1970. */
export interface InstructionRow {
  readonly id: Id;
  /** What was sent together, with the words of it. */
  readonly parent: Id;
  readonly sender: CentreId;
  readonly recipient: CentreId;
  readonly state: InstructionState;
  readonly version: number;
  readonly urgent: boolean;
  readonly incident: IncidentId | null;
  readonly sentAt: number;
  readonly stateAt: number;
  readonly dueAt: number;
  readonly overdue: boolean;
  readonly seenBy: readonly ScopeId[];
}

export interface InstructionTextRow {
  readonly parent: Id;
  readonly text: string;
  readonly byAccount: AccountId;
  readonly byName: string;
  /** Ms since 1970; null while its words stand. */
  readonly erasedAt: number | null;
}

export interface InstructionTimelineRow {
  readonly id: Id;
  readonly instruction: Id;
  readonly version: number;
  readonly fact: string;
  /** Null: the product itself. */
  readonly byAccount: AccountId | null;
  readonly byName: string;
  readonly at: number;
  readonly text: string | null;
}

const uuid = { type: 'uuid' } as const;
const text = { type: 'text' } as const;
const instant = (name: string) => ({ type: 'timestamptz', name, transformer: msColumn }) as const;

export const instructionTable = new EntitySchema<InstructionRow>({
  name: 'instruction',
  columns: {
    id: { ...uuid, primary: true },
    parent: uuid,
    sender: uuid,
    recipient: uuid,
    state: text,
    version: { type: 'int' },
    urgent: { type: 'boolean' },
    incident: { ...uuid, nullable: true },
    sentAt: instant('sent_at'),
    stateAt: instant('state_at'),
    dueAt: instant('due_at'),
    overdue: { type: 'boolean' },
    seenBy: { ...uuid, name: 'seen_by', array: true },
  },
});

export const instructionTextTable = new EntitySchema<InstructionTextRow>({
  name: 'instruction_text',
  columns: {
    parent: { ...uuid, primary: true },
    text,
    byAccount: { ...uuid, name: 'by_account' },
    byName: { ...text, name: 'by_name' },
    erasedAt: { ...instant('erased_at'), nullable: true },
  },
});

export const instructionTimelineTable = new EntitySchema<InstructionTimelineRow>({
  name: 'instruction_timeline',
  columns: {
    id: { ...uuid, primary: true },
    instruction: uuid,
    version: { type: 'int' },
    fact: text,
    byAccount: { ...uuid, name: 'by_account', nullable: true },
    byName: { ...text, name: 'by_name' },
    at: instant('at'),
    text: { ...text, nullable: true },
  },
});

export const INSTRUCTION_TABLES = [instructionTable, instructionTextTable, instructionTimelineTable];
