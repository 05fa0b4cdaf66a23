import { Injectable } from '@nestjs/common';
import type { Alert, AlertId, AlertState, CentreId } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Access } from '../access/access.js';
import type { Caller } from '../access/caller.js';
import { CentreTree } from '../access/centre-tree.js';
import { Fault } from '../platform/fault.js';
import { AlertRepository } from './alert.repository.js';
import type { AlertRow } from './alert.table.js';
import { alertOf } from './alert-view.js';

export interface AlertsAsked {
  readonly states: readonly AlertState[];
  readonly centre: CentreId | undefined;
  readonly limit: number;
  readonly cursor: string | undefined;
}

/** Alerts as one caller may see them. */
@Injectable()
export class AlertReader {
  constructor(
    private readonly access: Access,
    private readonly tree: CentreTree,
    private readonly alerts: AlertRepository,
  ) {}

  /** @throws Fault `alert.unknown`, whether it is foreign or unknown */
  async one(by: Caller, id: AlertId): Promise<Alert> {
    return this.view(by, this.#readable(by, id, await this.alerts.find(id)));
  }

  async list(
    by: Caller,
    { states, centre, limit, cursor }: AlertsAsked,
  ): Promise<{ items: Alert[]; next: string | null }> {
    if (centre !== undefined) this.access.requireAct(by, centre);
    const centres = centre === undefined ? undefined : this.tree.subtree(centre);
    const before = cursor === undefined ? undefined : parseCursor(cursor);
    const found = await this.alerts.list({ scope: by.centre, states, centres, before }, limit + 1);
    const rows = found.slice(0, limit);
    const timelines = await this.alerts.timelinesOf(rows.map(({ id }) => id));
    const items = rows.map((row) => alertOf(row, timelines.get(row.id) ?? [], this.#mayAct(by, row)));
    const last = rows.at(-1);
    return { items, next: found.length > limit && last ? cursorOf(last) : null };
  }

  /** @throws Fault `alert.unknown` `scope.denied` `alert.stale` */
  async lockFor(
    tx: EntityManager,
    by: Caller,
    { id, version }: { id: AlertId; version: number },
  ): Promise<AlertRow> {
    const alert = await this.lockRead(tx, by, id);
    if (!this.access.mayAct(by, alert.centre))
      throw new Fault('scope.denied', { seen: by.centre, wanted: alert.centre });
    if (by.isSimulator && !(await this.alerts.isSimulated(tx, alert, by.account)))
      throw new Fault('role.denied', { seen: 'simulator', wanted: 'a person: somebody has touched this' });
    await this.requireVersion(tx, by, alert, version);
    return alert;
  }

  /** One that the caller may read, whoever may act on it. @throws Fault `alert.unknown` */
  async lockRead(tx: EntityManager, by: Caller, id: AlertId): Promise<AlertRow> {
    return this.#readable(by, id, await this.alerts.lock(tx, id));
  }

  /** @throws Fault `alert.stale` with what stands and who changed it */
  async requireVersion(tx: EntityManager, by: Caller, alert: AlertRow, version: number): Promise<void> {
    if (alert.version === version) return;
    const current = await this.view(by, alert, tx);
    const last = current.timeline.at(-1);
    throw new Fault('alert.stale', {
      seen: version,
      current,
      changedBy: last?.by ?? null,
      changedAt: last?.at ?? current.stateAt,
    });
  }

  async view(by: Caller, alert: AlertRow, tx?: EntityManager): Promise<Alert> {
    const timelines = await this.alerts.timelinesOf([alert.id], tx);
    return alertOf(alert, timelines.get(alert.id) ?? [], this.#mayAct(by, alert));
  }

  #readable(by: Caller, id: AlertId, alert: AlertRow | null): AlertRow {
    if (!alert || !this.access.mayRead(by, alert.seenBy)) throw new Fault('alert.unknown', { id });
    return alert;
  }

  #mayAct(by: Caller, { centre }: AlertRow): boolean {
    const acts = by.via === 'session' && by.role !== 'display' && by.role !== 'admin';
    return acts && this.access.mayAct(by, centre);
  }
}

const cursorOf = ({ since, id }: AlertRow): string => Buffer.from(`${since}.${id}`).toString('base64url');

function parseCursor(cursor: string): { at: number; id: AlertId } {
  const [, at, id] =
    /^(-?\d{1,15})\.([0-9a-f-]{36})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (at === undefined || id === undefined)
    throw new Fault('request.malformed', { field: 'cursor', wanted: 'the `next` of the page before' });
  return { at: Number(at), id };
}
