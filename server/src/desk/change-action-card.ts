import { Injectable } from '@nestjs/common';
import type { ActionCard, ActionCardChange, Category } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Audit } from '../access/audit.js';
import type { Caller } from '../access/caller.js';
import { Idempotency } from '../access/idempotency.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { Fault } from '../platform/fault.js';
import { ActionCardGuard } from './action-card-guard.js';
import { cardOf } from './action-card-reader.js';
import { ActionCardRepository } from './action-card.repository.js';

/** Writes a new version of a category's card; incidents that are open keep the one they opened with. */
@Injectable()
export class ChangeActionCard {
  constructor(
    private readonly database: Database,
    private readonly idempotency: Idempotency,
    private readonly guard: ActionCardGuard,
    private readonly cards: ActionCardRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @throws Fault `scope.denied` below the root, `action-card.stale` when another version came in between */
  run(category: Category, change: ActionCardChange, by: Caller, key: string | null): Promise<ActionCard> {
    this.guard.requireRoot(by);
    const once = { key, route: `POST /api/action-cards/${category}`, body: change };
    return this.database.transaction((tx) =>
      this.idempotency.once(tx, by, once, () => this.#write(tx, category, change, by)),
    );
  }

  async #write(
    tx: EntityManager,
    category: Category,
    { version: seen, items }: ActionCardChange,
    by: Caller,
  ): Promise<ActionCard> {
    const at = this.clock.now();
    const known = await this.cards.standing(tx, category, at);
    if (known?.version !== seen)
      throw new Fault('action-card.stale', { category, seen, current: known && cardOf(known) });
    const keyed = items.map(({ key, text }) => ({ key: key ?? this.clock.mint(), text }));
    const twice = keyed.find(({ key }, index) => keyed.findIndex((one) => one.key === key) !== index);
    if (twice)
      throw new Fault('request.malformed', { field: 'items', seen: twice.key, wanted: 'each key once' });
    const card = { category, version: seen + 1, items: keyed, at: new Date(at) };
    await this.cards.add(tx, card, by);
    const detail = { version: card.version, items: keyed.length };
    const line = {
      caller: by,
      action: 'action-card.changed',
      subject: `action-card:${category}`,
      detail,
    } as const;
    await this.audit.write(tx, { ...line, outcome: 'done' });
    return cardOf({ ...card, by: by.name });
  }
}
