import { Injectable } from '@nestjs/common';
import type { CentreId, ErasureReason, Id } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Access } from '../access/access.js';
import type { Caller } from '../access/caller.js';
import { ErasureBook } from '../access/erasure-book.js';
import { Clock } from '../platform/clock.js';
import { Fault } from '../platform/fault.js';
import { DeskTextsRepository } from './desk-texts.repository.js';
import { DutyShiftRepository } from './duty-shift.repository.js';
import { InstructionRepository } from './instruction.repository.js';

interface AskedOfDesk {
  readonly id: Id;
  readonly reason: ErasureReason;
}

/** Erases one text of a desk, of the own centre or one below, with every copy of it. */
@Injectable()
export class DeskEraser {
  constructor(
    private readonly access: Access,
    private readonly clock: Clock,
    private readonly texts: DeskTextsRepository,
    private readonly shifts: DutyShiftRepository,
    private readonly instructions: InstructionRepository,
    private readonly book: ErasureBook,
  ) {}

  /** Whose log it was, and how many texts. @throws Fault `duty-log.unknown`, whether it is foreign or unknown */
  async line(
    tx: EntityManager,
    by: Caller,
    { id, reason }: AskedOfDesk,
  ): Promise<{ centre: CentreId; texts: number }> {
    const centre = await this.texts.centreOfLine(tx, id);
    if (centre === undefined || !this.access.mayAct(by, centre)) throw new Fault('duty-log.unknown', { id });
    const texts = await this.texts.erase(tx, 'duty-log', id, this.clock.now());
    await this.shifts.scrub(tx, { list: 'matters', id, patch: { text: '' } });
    const detail = { reason, texts };
    await this.book.tell(tx, by, { subject: `duty-log:${id}`, detail, ids: [id], patch: { text: '' } });
    return { centre, texts };
  }

  /** The words that were sent together, and what was answered to them. @throws Fault `instruction.unknown` */
  async instruction(tx: EntityManager, by: Caller, { id, reason }: AskedOfDesk): Promise<number> {
    const row = await this.instructions.lock(tx, id);
    if (!row || !this.access.mayAct(by, row.sender)) throw new Fault('instruction.unknown', { id });
    const { parent } = row;
    const texts = await this.texts.erase(tx, 'instruction', parent, this.clock.now());
    const sent = await this.instructions.sentTogether(tx, parent);
    await this.book.tell(tx, by, {
      subject: `instruction:${parent}`,
      detail: { reason, texts },
      ids: [parent, ...sent],
      patch: { text: '', timeline: [], items: [] },
    });
    return texts;
  }
}
