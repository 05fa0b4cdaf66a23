import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clocks, type Due } from '../clocks/clocks.js';
import type { Draft } from '../journal/journal.js';
import { INSTRUCTION_OVERDUE, InstructionDesk } from './instruction-desk.js';
import { InstructionRepository } from './instruction.repository.js';
import { turnOverdue } from './instruction.rules.js';

/** Calls an instruction overdue when it has not been answered by its due time. */
@Injectable()
export class InstructionClock implements OnModuleInit {
  constructor(
    private readonly clocks: Clocks,
    private readonly desk: InstructionDesk,
    private readonly instructions: InstructionRepository,
  ) {}

  onModuleInit(): void {
    this.clocks.register(INSTRUCTION_OVERDUE, (tx, due, now) => this.#onOverdue(tx, due, now));
  }

  async #onOverdue(tx: EntityManager, { subject }: Due, now: number): Promise<Draft[]> {
    const row = await this.instructions.lock(tx, subject);
    const moved = row ? turnOverdue(row, now) : undefined;
    return moved ? [await this.desk.write(tx, moved, { by: null, text: null, now })] : [];
  }
}
