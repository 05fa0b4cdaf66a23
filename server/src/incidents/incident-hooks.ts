import { Injectable } from '@nestjs/common';
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

/** Lower folders listen here; incidents never import them. */
@Injectable()
export class IncidentHooks {
  readonly #listeners: OnMoved[] = [];

  onMoved(listener: OnMoved): void {
    this.#listeners.push(listener);
  }

  async moved(...what: Parameters<OnMoved>): Promise<Draft[]> {
    const drafts: Draft[] = [];
    for (const listener of this.#listeners) drafts.push(...(await listener(...what)));
    return drafts;
  }
}
