import { Injectable } from '@nestjs/common';
import type { CardItemKey, Checklist, IncidentId } from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../access/caller.js';
import { NoteIncident } from '../incidents/note-incident.js';
import { Journal } from '../journal/journal.js';
import { Clock } from '../platform/clock.js';
import { Fault } from '../platform/fault.js';
import { ActionCardReader } from './action-card-reader.js';
import { ActionCardRepository } from './action-card.repository.js';

export interface Ticked {
  readonly incident: IncidentId;
  readonly item: CardItemKey;
  readonly done: boolean;
}

/**
 * Ticks an item of the card that an incident opened with, or takes the tick back: a line of the incident's timeline.
 * Wants no version and no key: what stands already stays as it is, whoever said so first.
 */
@Injectable()
export class TickActionCard {
  constructor(
    private readonly journal: Journal,
    private readonly notes: NoteIncident,
    private readonly cards: ActionCardRepository,
    private readonly reader: ActionCardReader,
    private readonly clock: Clock,
  ) {}

  run(ticked: Ticked, by: Caller): Promise<Checklist> {
    return this.journal.transaction((tx) => this.#write(tx, ticked, by));
  }

  async #write(tx: EntityManager, { incident, item, done }: Ticked, by: Caller): Promise<Checklist> {
    const action = done ? 'tick' : 'untick';
    const state = await this.notes.lock(tx, by, incident, action);
    const before = await this.reader.checklistOf(tx, by, state);
    const found = before.items.find(({ key }) => key === item);
    if (!found) throw new Fault('action-card.unknown', { item, version: before.version });
    if ((found.done !== null) === done) return before;
    const now = this.clock.now();
    if (done) await this.cards.tick(tx, { incident, item, now }, by);
    else await this.cards.untick(tx, incident, item);
    const drafts = await this.notes.write(tx, state, { action, note: found.text.hans }, { by, now });
    const answer = await this.reader.checklistOf(tx, by, state);
    await this.journal.append(tx, drafts);
    return answer;
  }
}
