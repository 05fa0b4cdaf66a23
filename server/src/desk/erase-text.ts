import { Injectable } from '@nestjs/common';
import type { Erased, Erasure, ErasureReason, Id } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Access } from '../access/access.js';
import { Audit } from '../access/audit.js';
import type { Caller } from '../access/caller.js';
import { Idempotency } from '../access/idempotency.js';
import { EraseIncidentText } from '../incidents/erase-incident-text.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { Fault } from '../platform/fault.js';
import { DeskHints } from './desk-hints.js';
import { DeskTextsRepository } from './desk-texts.repository.js';
import { DutyShiftRepository } from './duty-shift.repository.js';
import { InstructionRepository } from './instruction.repository.js';

type OfDesk = { readonly id: Id; readonly reason: ErasureReason };

/** Erases a text by hand, of the own centre or one below. The row stays; the audit says who erased it and why. */
@Injectable()
export class EraseText {
  constructor(
    private readonly access: Access,
    private readonly audit: Audit,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly idempotency: Idempotency,
    private readonly texts: DeskTextsRepository,
    private readonly shifts: DutyShiftRepository,
    private readonly instructions: InstructionRepository,
    private readonly incidents: EraseIncidentText,
    private readonly hints: DeskHints,
  ) {}

  /** @throws Fault `incident.unknown` `duty-log.unknown` `instruction.unknown` and others of each */
  async run(by: Caller, asked: Erasure): Promise<Erased> {
    const { kind, id } = asked;
    if (asked.kind === 'incident') return { kind, id, texts: await this.incidents.run(by, asked) };
    const { reason } = asked;
    const erase = asked.kind === 'duty-log' ? this.#line.bind(this) : this.#instruction.bind(this);
    const texts = await this.database.transaction((tx) => erase(tx, by, { id, reason }));
    if (asked.kind === 'duty-log') await this.#hint(id);
    return { kind, id, texts };
  }

  async #hint(line: Id): Promise<void> {
    const centre = await this.texts.centreOfLine(line);
    if (centre !== undefined) this.hints.logChanged(centre);
  }

  async #line(tx: EntityManager, by: Caller, { id, reason }: OfDesk): Promise<number> {
    const centre = await this.texts.centreOfLine(id);
    if (centre === undefined || !this.access.mayAct(by, centre)) throw new Fault('duty-log.unknown', { id });
    const texts = await this.texts.erase(tx, 'duty-log', id, this.clock.now());
    await this.shifts.scrub(tx, { list: 'matters', id, patch: { text: '' } });
    await this.idempotency.scrub(tx, [id], { text: '' });
    return this.#tell(tx, by, { subject: `duty-log:${id}`, reason, texts });
  }

  /** The words that were sent together, and what was answered to them. */
  async #instruction(tx: EntityManager, by: Caller, { id, reason }: OfDesk): Promise<number> {
    const row = await this.instructions.lock(tx, id);
    if (!row || !this.access.mayAct(by, row.sender)) throw new Fault('instruction.unknown', { id });
    const { parent } = row;
    const texts = await this.texts.erase(tx, 'instruction', parent, this.clock.now());
    const sent = await this.instructions.sentTogether(tx, parent);
    await this.idempotency.scrub(tx, [parent, ...sent], { text: '', timeline: [], items: [] });
    return this.#tell(tx, by, { subject: `instruction:${parent}`, reason, texts });
  }

  async #tell(
    tx: EntityManager,
    by: Caller,
    { subject, reason, texts }: { subject: string; reason: ErasureReason; texts: number },
  ): Promise<number> {
    const line = { caller: by, action: 'text.erased', subject, outcome: 'done' } as const;
    await this.audit.write(tx, { ...line, detail: { reason, texts } });
    return texts;
  }
}
