import { Injectable } from '@nestjs/common';
import type { Id, PatrolShift, PatrolShiftAction, PatrolShiftStep } from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../access/caller.js';
import { Idempotency } from '../access/idempotency.js';
import { Journal } from '../journal/journal.js';
import { settle } from '../platform/decision.js';
import { Fault } from '../platform/fault.js';
import { PatrolShiftDesk } from './patrol-shift-desk.js';
import { PatrolShiftReader } from './patrol-shift-reader.js';
import { stepShift } from './patrol-shift.rules.js';
import { ShiftRelief } from './shift-relief.js';

export interface AskedOfPatrolShift {
  readonly id: Id;
  readonly action: PatrolShiftAction;
  readonly step: PatrolShiftStep;
}

/** Takes one step of a shift by hand: begun, handed over with a note, ended, called off. */
@Injectable()
export class AdvanceShift {
  constructor(
    private readonly journal: Journal,
    private readonly idempotency: Idempotency,
    private readonly reader: PatrolShiftReader,
    private readonly desk: PatrolShiftDesk,
    private readonly relief: ShiftRelief,
  ) {}

  /** @throws Fault `patrol-shift.unknown` `patrol-shift.stale` `patrol-shift.illegal-step` `time.future` `scope.denied` */
  run(asked: AskedOfPatrolShift, by: Caller, key: string | null): Promise<PatrolShift> {
    const once = { key, route: `POST /api/shifts/${asked.id}/${asked.action}`, body: asked.step };
    return this.journal.transaction((tx) =>
      this.idempotency.once(tx, by, once, () => this.#write(tx, asked, by)),
    );
  }

  async #write(
    tx: EntityManager,
    { id, action, step }: AskedOfPatrolShift,
    by: Caller,
  ): Promise<PatrolShift> {
    const shift = await this.reader.lockFor(tx, by, { id, version: step.version });
    const now = this.desk.clock.now();
    const moved = settle(stepShift(shift, { action, note: step.note || null, byClock: false, now }));
    const drafts = [await this.desk.write(tx, moved, { by, now })];
    if (action === 'start' || action === 'end')
      drafts.push(...(await this.relief.relieve(tx, moved.next, now)));
    const [answer] = await this.reader.views(by, [moved.next], tx);
    if (!answer) throw new Fault('patrol-shift.unknown', { id });
    await this.journal.append(tx, drafts);
    return answer;
  }
}
