import { Inject, Injectable } from '@nestjs/common';
import type { AuditDetail } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Audit } from '../access/audit.js';
import type { Caller } from '../access/caller.js';
import { CentreTree } from '../access/centre-tree.js';
import { Clocks } from '../clocks/clocks.js';
import type { Draft } from '../journal/journal.js';
import { Clock } from '../platform/clock.js';
import { CONFIG, type Config } from '../platform/config.js';
import { settle } from '../platform/decision.js';
import { DutyShiftRepository } from './duty-shift.repository.js';
import { isRunning, overdueAt, plannedEnd, type ShiftMoved } from './duty-shift.rules.js';
import { cardOf } from './duty-shift-view.js';

/** Kind of due time: a shift's planned end and its grace have passed. Subject: the shift. */
export const DUTY_SHIFT_OVERDUE = 'duty-shift.overdue';

/** Who did it; `by: null` is the product itself. */
export interface ShiftDeed {
  readonly by: Pick<Caller, 'account' | 'credential'> | null;
  readonly detail?: AuditDetail;
  readonly now: number;
}

/** Writes a shift's next state with its clock and its line in the audit, and says which fact that is. */
@Injectable()
export class DutyShiftDesk {
  constructor(
    private readonly tree: CentreTree,
    private readonly clocks: Clocks,
    private readonly audit: Audit,
    private readonly shifts: DutyShiftRepository,
    readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** When a shift that begins now is planned to end. @throws Fault `time.past` `time.future` */
  plannedEnd(told: string | undefined, now: number): number {
    return settle(plannedEnd(told, now, this.config.timeZone));
  }

  async write(tx: EntityManager, { next, fact }: ShiftMoved, { by, detail, now }: ShiftDeed): Promise<Draft> {
    const shift = { ...next, seenBy: this.tree.seenBy([next.centre]) };
    const { id, version, seenBy } = shift;
    if (version === 1) await this.shifts.insert(tx, shift);
    else await this.shifts.update(tx, shift);
    if (!isRunning(shift)) await this.clocks.cancel(tx, [DUTY_SHIFT_OVERDUE], id);
    else if (version === 1)
      await this.clocks.set(tx, { kind: DUTY_SHIFT_OVERDUE, subject: id, dueAt: overdueAt(shift) });
    const line = { caller: by, action: fact, subject: `duty-shift:${id}`, outcome: 'done' } as const;
    await this.audit.write(tx, { ...line, ...(detail ? { detail } : {}) });
    const card = isRunning(shift) ? cardOf(shift) : null;
    return { fact, kind: 'duty-shift', id, version, at: now, card, seenBy };
  }
}
