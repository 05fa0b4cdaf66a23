import { Injectable } from '@nestjs/common';
import type { ErasureReason, IncidentId, IncidentPart } from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../access/caller.js';
import { ErasureBook } from '../access/erasure-book.js';
import { type Draft, Journal } from '../journal/journal.js';
import { IncidentDesk } from './incident-desk.js';
import { IncidentErasure } from './incident-erasure.js';
import { IncidentReading } from './incident-reading.js';
import { INCIDENT_FACTS, type IncidentState } from './incident-step.js';
import { IncidentRepository } from './incident.repository.js';
import { reportLine } from './timeline.rules.js';

interface AskedOfIncident {
  readonly id: IncidentId;
  readonly part: IncidentPart;
  readonly reason: ErasureReason;
}

/** Erases words of an incident by hand, wherever they were copied to. The timeline says by whom, the audit says why. */
@Injectable()
export class EraseIncidentText {
  constructor(
    private readonly journal: Journal,
    private readonly incidents: IncidentRepository,
    private readonly reading: IncidentReading,
    private readonly erasure: IncidentErasure,
    private readonly book: ErasureBook,
    private readonly desk: IncidentDesk,
  ) {}

  /** How many texts there were. @throws Fault `incident.unknown` `incident.sealed` `scope.denied` */
  run(by: Caller, asked: AskedOfIncident): Promise<number> {
    return this.journal.transaction((tx) => this.#write(tx, by, asked));
  }

  async #write(tx: EntityManager, by: Caller, { id, part, reason }: AskedOfIncident): Promise<number> {
    const before = this.reading.requireWhole(by, id, await this.incidents.lock(tx, id));
    this.reading.requireAct(by, before);
    const { length: texts } = await this.erasure.run(tx, id, { part, byHand: true });
    await this.book.tell(tx, by, {
      subject: `incident:${id}`,
      detail: { part, reason, texts, number: before.incident.number },
      ids: [id],
      patch: { description: null, place: null, timeline: [] },
    });
    if (texts > 0) await this.journal.append(tx, await this.#note(tx, by, before));
    return texts;
  }

  /** A line of the timeline without a word, and the card without the place that it may have had. */
  async #note(tx: EntityManager, by: Caller, before: IncidentState): Promise<Draft[]> {
    const now = this.desk.clock.now();
    const fresh = (await this.incidents.find(before.incident.id, tx)) ?? before;
    const incident = { ...fresh.incident, version: fresh.incident.version + 1 };
    const fact = INCIDENT_FACTS['erase-text'];
    const told = { fact, action: 'erase-text', version: incident.version, externalId: null } as const;
    const lines = [{ ...reportLine(incident), ...told, occurredAt: now, recordedAt: now }];
    const advanced = { next: { ...before, incident }, fact, lines, moved: [] };
    return (await this.desk.write(tx, before, advanced, { by, now })).drafts;
  }
}
