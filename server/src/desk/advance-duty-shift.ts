import { Injectable } from '@nestjs/common';
import { type DutyShift, type DutyShiftAction, type DutyShiftStep, type Id, liaisonOf } from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../access/caller.js';
import { Countersign, type Signer } from '../access/countersign.js';
import { Idempotency } from '../access/idempotency.js';
import { Journal } from '../journal/journal.js';
import { settle } from '../platform/decision.js';
import { Fault } from '../platform/fault.js';
import { DutyShiftDesk } from './duty-shift-desk.js';
import { DutyShiftReader } from './duty-shift-reader.js';
import { begin, step as moved } from './duty-shift.rules.js';
import { changesBetween } from './sheet.rules.js';

export interface AskedOfShift {
  readonly id: Id;
  readonly action: DutyShiftAction;
  readonly step: DutyShiftStep;
  /** Where the request came from: a second person's password is counted by it. */
  readonly address: string;
}

/** Whose signature a step bears, and how it was proved. */
interface Signed {
  readonly by: Signer;
  readonly method: 'session' | 'password';
}

/** Takes one step of a handover; whoever takes over begins the next shift in the same transaction. */
@Injectable()
export class AdvanceDutyShift {
  constructor(
    private readonly journal: Journal,
    private readonly idempotency: Idempotency,
    private readonly countersign: Countersign,
    private readonly desk: DutyShiftDesk,
    private readonly reader: DutyShiftReader,
  ) {}

  async run(asked: AskedOfShift, by: Caller, key: string | null): Promise<DutyShift> {
    const { as, ...told } = asked.step;
    const signed = await this.#signed(asked, by);
    // The password stays out of what is remembered of the request.
    const body = as ? { ...told, as: as.account } : told;
    const once = { key, route: `POST /api/duty-shifts/${asked.id}/${asked.action}`, body };
    return this.journal.transaction((tx) =>
      this.idempotency.once(tx, by, once, () => this.#write(tx, asked, by, signed)),
    );
  }

  async #signed({ step: { as }, action, address }: AskedOfShift, by: Caller): Promise<Signed> {
    if (!as) return { by, method: 'session' };
    if (action !== 'take' && action !== 'relieve')
      throw new Fault('request.malformed', { field: 'as', wanted: `none with ${action}` });
    const signer = await this.countersign.run({ ...as, address });
    if (
      signer.role === 'display' ||
      signer.role === 'admin' ||
      signer.role === 'team' ||
      liaisonOf(signer.role)
    )
      throw new Fault('role.denied', { seen: signer.role, wanted: 'a role that keeps a desk' });
    return { by: signer, method: 'password' };
  }

  async #write(tx: EntityManager, asked: AskedOfShift, by: Caller, signed: Signed): Promise<DutyShift> {
    const { id, action, step } = asked;
    const shift = await this.reader.lockFor(tx, by, { id, version: step.version });
    this.reader.requireAt(signed.by.centre, shift);
    const now = this.desk.clock.now();
    const dueAt = this.desk.plannedEnd(step.dueAt, now);
    const sheet = await this.reader.sheetNow(tx, shift);
    const ended = settle(
      moved(shift, {
        ...signed,
        action,
        sheet,
        now,
        after: shift.sheet && changesBetween(shift.sheet, sheet),
        notes: step.notes || null,
        equipment: step.equipment ?? [],
        reason: step.reason || null,
        following: this.reader.isOpen(shift) ? this.desk.clock.mint() : null,
      }),
    );
    const detail = { officer: shift.officer, signer: signed.by.account, method: signed.method };
    const drafts = [await this.desk.write(tx, ended, { by, now, detail })];
    if (ended.next.next !== null) {
      const place = { id: ended.next.next, dueAt, previous: id, now };
      drafts.push(await this.desk.write(tx, begin(signed.by, shift.centre, place), { by, now }));
    }
    const answer = await this.reader.view(tx, by, ended.next);
    await this.journal.append(tx, drafts);
    return answer;
  }
}
