import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clocks, type Due } from '../clocks/clocks.js';
import type { Draft } from '../journal/journal.js';
import { DUTY_SHIFT_OVERDUE, DutyShiftDesk } from './duty-shift-desk.js';
import { DutyShiftRepository } from './duty-shift.repository.js';
import { overrun } from './duty-shift.rules.js';

/** Calls a shift abnormal when its planned end and the grace have passed without a handover. */
@Injectable()
export class DutyShiftClock implements OnModuleInit {
  constructor(
    private readonly clocks: Clocks,
    private readonly desk: DutyShiftDesk,
    private readonly shifts: DutyShiftRepository,
  ) {}

  onModuleInit(): void {
    this.clocks.register(DUTY_SHIFT_OVERDUE, (tx, due, now) => this.#onOverdue(tx, due, now));
  }

  async #onOverdue(tx: EntityManager, { subject }: Due, now: number): Promise<Draft[]> {
    const shift = await this.shifts.lock(tx, subject);
    const moved = shift ? overrun(shift, now) : undefined;
    return moved ? [await this.desk.write(tx, moved, { by: null, now })] : [];
  }
}
