import { Injectable } from '@nestjs/common';
import type { IncidentId, IncidentPart } from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { Draft } from '../journal/journal.js';
import type { IncidentState } from './incident-step.js';

/** What a folder below adds when an incident moved, in the same transaction. `now` in ms since 1970. */
export type OnMoved = (
  tx: EntityManager,
  before: IncidentState,
  after: IncidentState,
  now: number,
) => Promise<Draft[]>;

/** Words of an incident that go, so that whoever copied them lets them go too. */
export interface WordsErased {
  readonly part: IncidentPart;
  /** Without a person their time had come. */
  readonly byHand: boolean;
  readonly words: readonly string[];
}
export type OnErased = (tx: EntityManager, id: IncidentId, erased: WordsErased) => Promise<void>;

/** Lower folders listen here; incidents never import them. */
@Injectable()
export class IncidentHooks {
  readonly #listeners: OnMoved[] = [];
  readonly #erasing: OnErased[] = [];

  onMoved(listener: OnMoved): void {
    this.#listeners.push(listener);
  }

  onErased(listener: OnErased): void {
    this.#erasing.push(listener);
  }

  async erased(...what: Parameters<OnErased>): Promise<void> {
    for (const listener of this.#erasing) await listener(...what);
  }

  async moved(...what: Parameters<OnMoved>): Promise<Draft[]> {
    const drafts: Draft[] = [];
    for (const listener of this.#listeners) drafts.push(...(await listener(...what)));
    return drafts;
  }
}
