import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CentreTree } from '../access/centre-tree.js';
import type { Draft } from '../journal/journal.js';
import { AlertDesk } from './alert-desk.js';
import { AlertRepository } from './alert.repository.js';
import type { AlertRow } from './alert.table.js';
import { type Found, raiseDeviation } from './deviation-alert.rules.js';

/** Turns deviations into alerts: one per team, kind and episode, closed when it is over. */
@Injectable()
export class DeviationDesk {
  constructor(
    private readonly tree: CentreTree,
    private readonly alerts: AlertRepository,
    private readonly desk: AlertDesk,
  ) {}

  /** Episodes that go on, whatever people have made of their alerts. */
  running(): Promise<AlertRow[]> {
    return this.alerts.runningDeviations();
  }

  /** No draft where one that runs is known already: the index of running episodes says so, not this process. */
  async raise(tx: EntityManager, found: Found, now: number): Promise<Draft[]> {
    const anchor = this.tree.get(found.team.centre)?.anchor ?? [0, 0];
    const moved = raiseDeviation(found, { id: this.desk.clock.mint(), anchor, now });
    return this.desk.write(tx, moved, { by: null, reason: null, now });
  }

  async end(tx: EntityManager, { id }: AlertRow, now: number): Promise<Draft[]> {
    const alert = await this.alerts.lock(tx, id);
    if (!alert?.deviation || alert.deviation.to !== null) return [];
    return this.desk.end(tx, alert, { deviation: { ...alert.deviation, to: now } }, now);
  }
}
