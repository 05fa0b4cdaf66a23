import { Injectable } from '@nestjs/common';
import type { DutyShift, DutyShiftStart } from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../access/caller.js';
import { Idempotency } from '../access/idempotency.js';
import { Journal } from '../journal/journal.js';
import { DutyShiftDesk } from './duty-shift-desk.js';
import { DutyShiftReader } from './duty-shift-reader.js';
import { begin } from './duty-shift.rules.js';

/** Begins the first shift of a centre's desk; every other one begins where its predecessor is taken over. */
@Injectable()
export class BeginDutyShift {
  constructor(
    private readonly journal: Journal,
    private readonly idempotency: Idempotency,
    private readonly desk: DutyShiftDesk,
    private readonly reader: DutyShiftReader,
  ) {}

  /** @throws Fault `duty-shift.running` */
  run(start: DutyShiftStart, by: Caller, key: string | null): Promise<DutyShift> {
    const once = { key, route: 'POST /api/duty-shifts', body: start };
    return this.journal.transaction((tx) =>
      this.idempotency.once(tx, by, once, () => this.#write(tx, start, by)),
    );
  }

  async #write(tx: EntityManager, start: DutyShiftStart, by: Caller): Promise<DutyShift> {
    const now = this.desk.clock.now();
    const place = { id: this.desk.clock.mint(), dueAt: this.desk.plannedEnd(start.dueAt, now), now };
    const begun = begin(by, by.centre, { ...place, previous: await this.reader.lastOf(tx, by.centre) });
    const draft = await this.desk.write(tx, begun, { by, now });
    const answer = await this.reader.view(tx, by, begun.next);
    await this.journal.append(tx, [draft]);
    return answer;
  }
}
