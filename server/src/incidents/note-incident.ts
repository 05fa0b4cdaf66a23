import { Injectable } from '@nestjs/common';
import { ENDED_STATUSES, type IncidentId } from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../access/caller.js';
import type { Draft } from '../journal/journal.js';
import { Fault } from '../platform/fault.js';
import { IncidentDesk } from './incident-desk.js';
import { IncidentReading } from './incident-reading.js';
import { INCIDENT_FACTS, type IncidentState } from './incident-step.js';
import { IncidentRepository } from './incident.repository.js';
import type { NoteAction } from './incident.table.js';
import { reportLine } from './timeline.rules.js';

/** A line for the timeline, that moves nothing but the incident's version. */
export interface Noted {
  readonly action: NoteAction;
  readonly note: string;
}

/** Lets a folder below write into an open incident's timeline, by the incident's own way into row and journal. */
@Injectable()
export class NoteIncident {
  constructor(
    private readonly incidents: IncidentRepository,
    private readonly desk: IncidentDesk,
    private readonly reading: IncidentReading,
  ) {}

  /** The row stays locked. @throws Fault `incident.unknown` `incident.sealed` `scope.denied` `incident.illegal-step` */
  async lock(tx: EntityManager, by: Caller, id: IncidentId, action: NoteAction): Promise<IncidentState> {
    const state = this.reading.requireWhole(by, id, await this.incidents.lock(tx, id));
    this.reading.requireAct(by, state);
    const { status } = state.incident;
    if (ENDED_STATUSES.includes(status)) throw new Fault('incident.illegal-step', { from: status, action });
    return state;
  }

  /** Facts of one line; the caller appends them. `now` in ms since 1970. */
  async write(
    tx: EntityManager,
    before: IncidentState,
    { action, note }: Noted,
    { by, now }: { by: Caller; now: number },
  ): Promise<Draft[]> {
    const { incident } = before;
    const fact = INCIDENT_FACTS[action];
    const version = incident.version + 1;
    const simulated = incident.simulated && by.isSimulator;
    const next = { ...before, incident: { ...incident, version, simulated } };
    const told = { version, fact, action, note, occurredAt: now, recordedAt: now, externalId: null };
    const lines = [{ ...reportLine(incident), ...told }];
    const { drafts } = await this.desk.write(tx, before, { next, fact, lines, moved: [] }, { by, now });
    return drafts;
  }
}
