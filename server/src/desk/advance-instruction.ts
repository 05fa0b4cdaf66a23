import { Injectable } from '@nestjs/common';
import type { Id, Instruction, InstructionAction, InstructionStep } from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../access/caller.js';
import { Idempotency } from '../access/idempotency.js';
import { Journal } from '../journal/journal.js';
import { settle } from '../platform/decision.js';
import { Fault } from '../platform/fault.js';
import { InstructionDesk } from './instruction-desk.js';
import { InstructionReader } from './instruction-reader.js';
import { dueTold, step as moved } from './instruction.rules.js';

export interface AskedOfInstruction {
  readonly id: Id;
  readonly action: InstructionAction;
  readonly step: InstructionStep;
}

/** Takes one step with an instruction, on the side of it on which the caller stands. */
@Injectable()
export class AdvanceInstruction {
  constructor(
    private readonly journal: Journal,
    private readonly idempotency: Idempotency,
    private readonly desk: InstructionDesk,
    private readonly reader: InstructionReader,
  ) {}

  run(asked: AskedOfInstruction, by: Caller, key: string | null): Promise<Instruction> {
    const once = { key, route: `POST /api/instructions/${asked.id}/${asked.action}`, body: asked.step };
    return this.journal.transaction((tx) =>
      this.idempotency.once(tx, by, once, () => this.#write(tx, asked, by)),
    );
  }

  async #write(
    tx: EntityManager,
    { id, action, step }: AskedOfInstruction,
    by: Caller,
  ): Promise<Instruction> {
    const row = await this.reader.lockFor(tx, by, { id, version: step.version });
    const now = this.desk.clock.now();
    const text = step.text || null;
    const dueAt = step.dueAt === undefined ? null : settle(dueTold(step.dueAt, now));
    const given = { action, side: this.reader.sideOf(by, row), text, dueAt, now };
    const next = settle(moved(row, given));
    const draft = await this.desk.write(tx, next, { by, text, now });
    const [answer] = await this.reader.views(by, [next.next], tx);
    if (!answer) throw new Fault('instruction.unknown', { id });
    await this.journal.append(tx, [draft]);
    return answer;
  }
}
