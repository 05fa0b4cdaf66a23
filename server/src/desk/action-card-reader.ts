import { Injectable } from '@nestjs/common';
import { type ActionCard, type Category, type Checklist, ENDED_STATUSES, type IncidentId } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Access } from '../access/access.js';
import type { Caller } from '../access/caller.js';
import { IncidentReading } from '../incidents/incident-reading.js';
import { IncidentRepository } from '../incidents/incident.repository.js';
import type { IncidentState } from '../incidents/incident-step.js';
import { Database } from '../platform/database.js';
import { ActionCardRepository, type CardRow } from './action-card.repository.js';

/** Cards as they are edited, and as an incident holds them. */
@Injectable()
export class ActionCardReader {
  constructor(
    private readonly access: Access,
    private readonly incidents: IncidentRepository,
    private readonly cards: ActionCardRepository,
    private readonly database: Database,
    private readonly reading: IncidentReading,
  ) {}

  async current(): Promise<ActionCard[]> {
    return (await this.cards.current()).map(cardOf);
  }

  async versions(category: Category): Promise<ActionCard[]> {
    return (await this.cards.versions(category)).map(cardOf);
  }

  /** @throws Fault `incident.unknown` `incident.sealed`: a card tells what kind of incident it is */
  async checklist(by: Caller, id: IncidentId): Promise<Checklist> {
    const state = this.reading.requireWhole(by, id, await this.incidents.find(id));
    return this.checklistOf(this.database.manager, by, state);
  }

  async checklistOf(tx: EntityManager, by: Caller, { incident }: IncidentState): Promise<Checklist> {
    const { id, category, recordedAt, status, centre } = incident;
    const card = await this.cards.standing(tx, category, recordedAt);
    const ticks = new Map((await this.cards.ticks(tx, id)).map((tick) => [tick.item, tick]));
    return {
      incident: id,
      category,
      version: card?.version ?? 0,
      items: (card?.items ?? []).map(({ key, text }) => {
        const tick = ticks.get(key);
        return { key, text, done: tick ? { by: tick.by, at: tick.at.toISOString() } : null };
      }),
      mayTick: this.access.mayAct(by, centre) && !ENDED_STATUSES.includes(status),
    };
  }
}

export const cardOf = ({ category, version, items, at, by }: CardRow): ActionCard => ({
  category,
  version,
  items: [...items],
  at: at.toISOString(),
  by,
});
