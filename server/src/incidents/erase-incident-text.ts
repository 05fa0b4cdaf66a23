import { Injectable } from '@nestjs/common';
import type { ErasureReason, IncidentId, IncidentPart } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Access } from '../access/access.js';
import { Audit } from '../access/audit.js';
import type { Caller } from '../access/caller.js';
import { Idempotency } from '../access/idempotency.js';
import { Journal } from '../journal/journal.js';
import { Fault } from '../platform/fault.js';
import { IncidentDesk } from './incident-desk.js';
import { IncidentErasure } from './incident-erasure.js';
import { IncidentReading } from './incident-reading.js';
import { INCIDENT_FACTS } from './incident-step.js';
import { IncidentRepository } from './incident.repository.js';
import { reportLine } from './timeline.rules.js';

/** Erases words of an incident by hand, wherever they were copied to. The timeline says by whom, the audit says why. */
@Injectable()
export class EraseIncidentText {
  constructor(
    private readonly access: Access,
    private readonly audit: Audit,
    private readonly journal: Journal,
    private readonly idempotency: Idempotency,
    private readonly incidents: IncidentRepository,
    private readonly reading: IncidentReading,
    private readonly erasure: IncidentErasure,
    private readonly desk: IncidentDesk,
  ) {}

  /** How many texts there were. @throws Fault `incident.unknown` `incident.sealed` `scope.denied` */
  run(
    by: Caller,
    { id, part, reason }: { id: IncidentId; part: IncidentPart; reason: ErasureReason },
  ): Promise<number> {
    return this.journal.transaction((tx) => this.#write(tx, by, { id, part, reason }));
  }

  async #write(
    tx: EntityManager,
    by: Caller,
    { id, part, reason }: { id: IncidentId; part: IncidentPart; reason: ErasureReason },
  ): Promise<number> {
    const before = this.reading.requireWhole(by, id, await this.incidents.lock(tx, id));
    const { centre } = before.incident;
    if (!this.access.mayAct(by, centre)) throw new Fault('scope.denied', { seen: by.centre, wanted: centre });
    const words = await this.erasure.run(tx, id, { part, byHand: true });
    const texts = words.length;
    const detail = { part, reason, texts };
    const line = { caller: by, action: 'text.erased', subject: `incident:${id}`, detail } as const;
    await this.audit.write(tx, { ...line, outcome: 'done' });
    if (texts === 0) return 0;
    await this.idempotency.scrub(tx, [id], { description: null, place: null, timeline: [] });
    const now = this.desk.clock.now();
    const fresh = await this.incidents.find(id, tx);
    if (!fresh) throw new Fault('incident.unknown', { id });
    const incident = { ...fresh.incident, version: fresh.incident.version + 1 };
    const fact = INCIDENT_FACTS['erase-text'];
    const told = { fact, action: 'erase-text', version: incident.version, externalId: null } as const;
    const lines = [{ ...reportLine(incident), ...told, occurredAt: now, recordedAt: now }];
    const next = { ...before, incident };
    const { drafts } = await this.desk.write(tx, before, { next, fact, lines, moved: [] }, { by, now });
    await this.journal.append(tx, drafts);
    return texts;
  }
}
