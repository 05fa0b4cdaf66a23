import { type Instruction, type InstructionCard, toInstant } from '@app/shared';
import type { InstructionWords } from './instruction.repository.js';
import { instructionActionsFor, type Side } from './instruction.rules.js';
import type { InstructionRow } from './instruction.table.js';

/** What every wall of its scopes may know: who, by when, how far. No word of it. */
export const instructionCard = (row: InstructionRow): InstructionCard => ({
  id: row.id,
  parent: row.parent,
  from: row.sender,
  to: row.recipient,
  state: row.state,
  version: row.version,
  urgent: row.urgent,
  incident: row.incident,
  sentAt: toInstant(row.sentAt),
  stateAt: toInstant(row.stateAt),
  dueAt: toInstant(row.dueAt),
  overdue: row.overdue,
});

/** An instruction as HTTP answers it to somebody on this side of it. */
export function instructionOf(row: InstructionRow, words: InstructionWords, side: Side): Instruction {
  const text = words.texts.get(row.parent);
  return {
    ...instructionCard(row),
    text: text?.text ?? '',
    ...(text && text.erasedAt !== null ? { erased: true as const } : {}),
    by: text?.byName ?? '',
    incidentNumber: row.incident === null ? null : (words.numbers.get(row.incident) ?? null),
    actions: instructionActionsFor(row.state, side),
    timeline: (words.timelines.get(row.id) ?? []).map(({ fact, byName, at, text: told }) => ({
      fact,
      by: byName,
      at: toInstant(at),
      text: told,
    })),
  };
}
