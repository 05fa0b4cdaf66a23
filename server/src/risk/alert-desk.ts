import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../access/caller.js';
import { CentreTree } from '../access/centre-tree.js';
import { Clocks } from '../clocks/clocks.js';
import type { Draft } from '../journal/journal.js';
import { Clock } from '../platform/clock.js';
import { AlertRepository } from './alert.repository.js';
import { ALERT_FACTS, type AlertMoved, type EndedSeen, endSeen, EPISODE_MS, isOpen } from './alert.rules.js';
import type { AlertRow } from './alert.table.js';
import { cardOf, SYSTEM } from './alert-view.js';

/** Kinds of due times; the subject is the alert. */
export const SHELF_ENDS = 'alert.shelf-ends';
export const ALERT_EXPIRES = 'alert.expires';

/** Who did it and why; `by: null` is the product itself. */
export interface AlertDeed {
  readonly by: Caller | null;
  readonly reason: string | null;
  readonly now: number;
}

/** Writes an alert's next state with timeline and due times, and says which fact that is. */
@Injectable()
export class AlertDesk {
  constructor(
    private readonly tree: CentreTree,
    private readonly clocks: Clocks,
    readonly clock: Clock,
    private readonly alerts: AlertRepository,
  ) {}

  /** No draft when an alert with the same key stands already: nothing is told twice. */
  async write(tx: EntityManager, { next, fact }: AlertMoved, deed: AlertDeed): Promise<Draft[]> {
    const alert = { ...next, seenBy: this.tree.seenBy(next.parties, next.others) };
    if (fact === ALERT_FACTS.raise) {
      if (!(await this.alerts.insert(tx, alert))) return [];
    } else await this.alerts.update(tx, alert);
    await this.alerts.tell(tx, {
      id: this.clock.mint(),
      alert: alert.id,
      version: alert.version,
      fact,
      byAccount: deed.by?.account ?? null,
      byName: deed.by?.name ?? SYSTEM,
      at: deed.now,
      reason: deed.reason,
    });
    await this.#setClocks(tx, alert);
    const card = isOpen(alert) ? cardOf(alert) : null;
    const { id, version, seenBy } = alert;
    return [{ fact, kind: 'alert', id, version, at: deed.now, card, seenBy }];
  }

  /** What was seen is over. Where its alert is over for people already, only the end is noted. */
  async end(tx: EntityManager, alert: AlertRow, ended: EndedSeen, now: number): Promise<Draft[]> {
    const moved = endSeen(alert, ended, now);
    if (moved) return this.write(tx, moved, { by: null, reason: null, now });
    await this.alerts.noteEnd(tx, alert, ended);
    return [];
  }

  async #setClocks(tx: EntityManager, alert: AlertRow): Promise<void> {
    const { id: subject, until, rule, lastCaseAt } = alert;
    if (!isOpen(alert)) return this.clocks.cancel(tx, [SHELF_ENDS, ALERT_EXPIRES], subject);
    if (until === null) await this.clocks.cancel(tx, [SHELF_ENDS], subject);
    else await this.clocks.set(tx, { kind: SHELF_ENDS, subject, dueAt: until });
    if (rule === 'surge')
      await this.clocks.set(tx, { kind: ALERT_EXPIRES, subject, dueAt: lastCaseAt + EPISODE_MS });
  }
}
