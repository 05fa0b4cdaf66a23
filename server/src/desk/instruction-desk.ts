import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Audit } from '../access/audit.js';
import type { Caller } from '../access/caller.js';
import { CentreTree } from '../access/centre-tree.js';
import { Clocks } from '../clocks/clocks.js';
import type { Draft } from '../journal/journal.js';
import { Clock } from '../platform/clock.js';
import { SYSTEM } from '../risk/alert-view.js';
import { InstructionRepository, partiesOf } from './instruction.repository.js';
import { type InstructionMoved, isOpen, isWaiting } from './instruction.rules.js';
import type { InstructionRow } from './instruction.table.js';
import { instructionCard } from './instruction-view.js';

/** Kind of due time: an instruction should have been answered. Subject: the instruction. */
export const INSTRUCTION_OVERDUE = 'instruction.overdue';

/** Who did it and in which words; `by: null` is the product itself. */
export interface InstructionDeed {
  readonly by: Caller | null;
  readonly text: string | null;
  readonly now: number;
}

/** Writes instructions with timeline, due time and audit, and says which facts that is. */
@Injectable()
export class InstructionDesk {
  constructor(
    private readonly tree: CentreTree,
    private readonly clocks: Clocks,
    private readonly audit: Audit,
    private readonly instructions: InstructionRepository,
    readonly clock: Clock,
  ) {}

  /** Writes what was sent together: the words once, an instruction for each recipient. */
  async send(
    tx: EntityManager,
    sent: readonly InstructionMoved[],
    { by, text, now }: { by: Caller; text: string; now: number },
  ): Promise<{ rows: InstructionRow[]; drafts: Draft[] }> {
    const moves = sent.map((moved) => ({ ...moved, next: this.#addressed(moved.next) }));
    const rows = moves.map(({ next }) => next);
    const [first] = rows;
    if (!first) return { rows: [], drafts: [] };
    const words = { parent: first.parent, text, byAccount: by.account, byName: by.name, erasedAt: null };
    await this.instructions.insert(tx, words, rows);
    const deed = { by, text: null, now };
    for (const moved of moves) await this.#follow(tx, moved, deed);
    await this.instructions.tell(
      tx,
      moves.map((moved) => this.#line(moved, deed)),
    );
    return { rows, drafts: moves.map((moved) => draftOf(moved, now)) };
  }

  async write(tx: EntityManager, moved: InstructionMoved, deed: InstructionDeed): Promise<Draft> {
    const written = { ...moved, next: this.#addressed(moved.next) };
    await this.instructions.update(tx, written.next);
    await this.instructions.tell(tx, [this.#line(written, deed)]);
    await this.#follow(tx, written, deed);
    return draftOf(written, deed.now);
  }

  #addressed(row: InstructionRow): InstructionRow {
    return { ...row, seenBy: this.tree.seenBy(partiesOf(row)) };
  }

  #line({ next, fact }: InstructionMoved, { by, text, now }: InstructionDeed) {
    const { id: instruction, version } = next;
    const told = { byAccount: by?.account ?? null, byName: by?.name ?? SYSTEM, at: now, text };
    return { id: this.clock.mint(), instruction, version, fact, ...told };
  }

  async #follow(tx: EntityManager, { next, fact }: InstructionMoved, { by }: InstructionDeed): Promise<void> {
    const { id: subject, dueAt } = next;
    if (isWaiting(next) && !next.overdue)
      await this.clocks.set(tx, { kind: INSTRUCTION_OVERDUE, subject, dueAt });
    else await this.clocks.cancel(tx, [INSTRUCTION_OVERDUE], subject);
    const detail = { from: next.sender, to: next.recipient };
    const line = { caller: by, action: fact, subject: `instruction:${subject}`, detail } as const;
    await this.audit.write(tx, { ...line, outcome: 'done' });
  }
}

function draftOf({ next, fact }: InstructionMoved, at: number): Draft {
  const { id, version, seenBy } = next;
  const card = isOpen(next) ? instructionCard(next) : null;
  return { fact, kind: 'instruction', id, version, at, card, seenBy };
}
