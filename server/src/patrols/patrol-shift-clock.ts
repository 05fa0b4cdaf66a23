import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clocks, type Due } from '../clocks/clocks.js';
import type { Draft } from '../journal/journal.js';
import { settle } from '../platform/decision.js';
import { PATROL_SHIFT_END, PATROL_SHIFT_START, PatrolShiftDesk } from './patrol-shift-desk.js';
import { PatrolShiftRepository } from './patrol-shift.repository.js';
import { isRunning, stepShift } from './patrol-shift.rules.js';
import { ShiftRelief } from './shift-relief.js';
import type { PatrolShiftRow } from './patrol-shift.table.js';

/** Starts what is due and ends what is over, where nobody did it before. */
@Injectable()
export class PatrolShiftClock implements OnModuleInit {
  constructor(
    private readonly clocks: Clocks,
    private readonly desk: PatrolShiftDesk,
    private readonly shifts: PatrolShiftRepository,
    private readonly relief: ShiftRelief,
  ) {}

  onModuleInit(): void {
    this.clocks.register(PATROL_SHIFT_START, (tx, due, now) => this.#onStart(tx, due, now));
    this.clocks.register(PATROL_SHIFT_END, (tx, due, now) => this.#onEnd(tx, due, now));
  }

  /** A start that comes due only after the end, as after a long stop, is called off: nobody knows that it was kept. */
  async #onStart(tx: EntityManager, { subject }: Due, now: number): Promise<Draft[]> {
    const shift = await this.shifts.lock(tx, subject);
    if (shift?.state !== 'planned') return [];
    return this.#step(tx, shift, now < shift.endsAt ? 'start' : 'call-off', now);
  }

  async #onEnd(tx: EntityManager, { subject }: Due, now: number): Promise<Draft[]> {
    const shift = await this.shifts.lock(tx, subject);
    if (!shift || !isRunning(shift)) return [];
    if (await this.relief.isHeld(tx, shift)) {
      await this.desk.lookAgain(tx, shift, now);
      return [];
    }
    return this.#step(tx, shift, 'end', now);
  }

  async #step(
    tx: EntityManager,
    shift: PatrolShiftRow,
    action: 'start' | 'end' | 'call-off',
    now: number,
  ): Promise<Draft[]> {
    const moved = settle(stepShift(shift, { action, note: null, byClock: true, now }));
    const draft = await this.desk.write(tx, moved, { by: null, now });
    return action === 'call-off' ? [draft] : [draft, ...(await this.relief.relieve(tx, moved.next, now))];
  }
}
