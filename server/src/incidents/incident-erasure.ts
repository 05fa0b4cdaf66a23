import { Injectable } from '@nestjs/common';
import { ENDED_STATUSES, type IncidentId, type IncidentPart } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Journal } from '../journal/journal.js';
import { IncidentHooks } from './incident-hooks.js';
import { IncidentTextRepository } from './incident-text.repository.js';
import { IncidentRepository } from './incident.repository.js';

/** What goes, and whether a person said so; without one its time had come. */
export interface ErasureAsked {
  readonly part: IncidentPart;
  readonly byHand: boolean;
}

/** Takes words out of an incident, its past in the journal, the search and whatever copied them: by hand or by time. */
@Injectable()
export class IncidentErasure {
  constructor(
    private readonly incidents: IncidentRepository,
    private readonly texts: IncidentTextRepository,
    private readonly journal: Journal,
    private readonly hooks: IncidentHooks,
  ) {}

  /** Whether it has ended; its row stays locked. */
  async isEnded(tx: EntityManager, id: IncidentId): Promise<boolean> {
    const state = await this.incidents.lock(tx, id);
    return state !== undefined && ENDED_STATUSES.includes(state.incident.status);
  }

  /** The texts that went; the caller holds the incident's row. */
  async run(tx: EntityManager, id: IncidentId, { part, byHand }: ErasureAsked): Promise<readonly string[]> {
    const words = await this.texts.erase(tx, id, part);
    if (part === 'all' || part === 'place')
      await this.journal.redact(tx, { kind: 'incident', id }, { patch: { place: null } });
    await this.hooks.erased(tx, id, { part, byHand, words });
    return words;
  }
}
