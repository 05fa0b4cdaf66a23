import { Injectable } from '@nestjs/common';
import { type DrillAsk, type DriveCard, type DriveChange, toInstant } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Audit } from '../access/audit.js';
import type { Caller } from '../access/caller.js';
import { CentreTree } from '../access/centre-tree.js';
import { type Draft, Journal } from '../journal/journal.js';
import { Clock } from '../platform/clock.js';
import { Fault } from '../platform/fault.js';

/** How long an exercise keeps the city busy. */
const DRILL_MS = 10 * 60_000;

type DriveFact = `drive.${DriveCard['driver'] | 'drill'}`;

interface DriveRow {
  readonly id: string;
  readonly version: number;
  readonly driver: 'simulator' | 'person';
  readonly since: Date;
  readonly drill: DriveCard['drill'];
}

/** Hands the demo city to people or back to the simulator, and starts exercises. Every screen sees who drives. */
@Injectable()
export class ChangeDrive {
  constructor(
    private readonly journal: Journal,
    private readonly tree: CentreTree,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @throws Fault `drive.stale` when somebody else switched in between */
  drive(change: DriveChange, caller: Caller): Promise<DriveCard> {
    return this.journal.transaction(async (tx) => {
      const card = await this.#lock(tx);
      if (card.version !== change.version) throw new Fault('drive.stale', { current: card });
      const since = toInstant(this.clock.now());
      return this.#save(tx, { ...card, driver: change.driver, since }, `drive.${change.driver}`, caller);
    });
  }

  /** @throws Fault `drill.running` while an exercise is under way */
  drill(ask: DrillAsk, caller: Caller): Promise<DriveCard> {
    return this.journal.transaction(async (tx) => {
      const card = await this.#lock(tx);
      const now = this.clock.now();
      if (card.drill && Date.parse(card.drill.until) > now)
        throw new Fault('drill.running', { until: card.drill.until });
      const drill = {
        ...ask,
        id: this.clock.mint(),
        startedAt: toInstant(now),
        until: toInstant(now + DRILL_MS),
      };
      return this.#save(tx, { ...card, drill }, 'drive.drill', caller);
    });
  }

  async #lock(tx: EntityManager): Promise<DriveCard> {
    const rows: DriveRow[] = await tx.query('select id, version, driver, since, drill from drive for update');
    const [row] = rows;
    if (!row) throw new Fault('service.unavailable', { part: 'demo city' });
    return { ...row, since: row.since.toISOString() };
  }

  async #save(tx: EntityManager, changed: DriveCard, fact: DriveFact, caller: Caller): Promise<DriveCard> {
    const card = { ...changed, version: changed.version + 1 };
    await tx.query('update drive set version = $2, driver = $3, since = $4, drill = $5 where id = $1', [
      card.id,
      card.version,
      card.driver,
      card.since,
      card.drill === null ? null : JSON.stringify(card.drill),
    ]);
    await this.audit.write(tx, {
      caller,
      action: fact,
      subject: `drive:${card.id}`,
      outcome: 'done',
      detail: {},
    });
    await this.journal.append(tx, [driveDraft(card, fact, this.clock.now(), this.tree)]);
    return card;
  }
}

/** Everybody in the tree sees who drives. */
export function driveDraft(
  card: DriveCard,
  fact: DriveFact,
  at: number,
  tree: Pick<CentreTree, 'all' | 'seenBy'>,
): Draft {
  const seenBy = tree.seenBy(tree.all().map(({ id }) => id));
  return { fact, kind: 'drive', id: card.id, version: card.version, at, card, seenBy };
}
