import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CLOCK_STAGES } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { Clocks, type Due } from '../clocks/clocks.js';
import { INCIDENT_OVERDUE, INCIDENT_SOON } from '../incidents/incident-desk.js';
import { IncidentHooks } from '../incidents/incident-hooks.js';
import { IncidentRepository } from '../incidents/incident.repository.js';
import type { IncidentState } from '../incidents/incident-step.js';
import type { Draft } from '../journal/journal.js';
import { AlertDesk, ALERT_EXPIRES, SHELF_ENDS } from './alert-desk.js';
import { AlertRepository } from './alert.repository.js';
import {
  type AlertMoved,
  clockKey,
  expire,
  isOpen,
  raiseClock,
  resolve,
  turnOverdue,
  unshelve,
} from './alert.rules.js';
import type { AlertRow } from './alert.table.js';

const Payload = z.object({ stage: z.enum(CLOCK_STAGES), dueAt: z.number() });

/** The clock rule, and what due times do to alerts: raised when a clock runs out, resolved when its stage is done. */
@Injectable()
export class ClockAlerts implements OnModuleInit {
  constructor(
    private readonly clocks: Clocks,
    private readonly hooks: IncidentHooks,
    private readonly incidents: IncidentRepository,
    private readonly alerts: AlertRepository,
    private readonly desk: AlertDesk,
  ) {}

  onModuleInit(): void {
    this.clocks.register(INCIDENT_SOON, (tx, due, now) => this.#onClock(tx, due, now));
    this.clocks.register(INCIDENT_OVERDUE, (tx, due, now) => this.#onClock(tx, due, now));
    this.clocks.register(SHELF_ENDS, (tx, due, now) =>
      this.#onAlert(tx, due, (alert) => unshelve(alert, now), now),
    );
    this.clocks.register(ALERT_EXPIRES, (tx, due, now) =>
      this.#onAlert(tx, due, (alert) => expire(alert, now), now),
    );
    this.hooks.onMoved((tx, before, after, now) => this.#onMoved(tx, before, after, now));
  }

  /** The incident's row is locked first, as every command on it does; a clock that no longer runs says nothing. */
  async #onClock(tx: EntityManager, { subject, kind, payload }: Due, now: number): Promise<Draft[]> {
    const state = await this.incidents.lock(tx, subject);
    const { stage, dueAt } = Payload.parse(payload);
    if (!state || state.incident.dueStage !== stage || state.incident.dueAt !== dueAt) return [];
    const overdue = kind === INCIDENT_OVERDUE;
    const known = await this.alerts.lockKey(tx, clockKey(subject, stage));
    const raised = () =>
      raiseClock(state.incident, { id: this.desk.clock.mint(), clock: { stage, dueAt, overdue }, now });
    const moved = known ? overdue && turnOverdue(known, state.incident) : raised();
    return moved ? this.desk.write(tx, moved, { by: null, reason: null, now }) : [];
  }

  async #onAlert(
    tx: EntityManager,
    { subject }: Due,
    move: (alert: AlertRow) => AlertMoved | undefined,
    now: number,
  ): Promise<Draft[]> {
    const alert = await this.alerts.lock(tx, subject);
    const moved = alert ? move(alert) : undefined;
    return moved ? this.desk.write(tx, moved, { by: null, reason: null, now }) : [];
  }

  async #onMoved(
    tx: EntityManager,
    before: IncidentState,
    after: IncidentState,
    now: number,
  ): Promise<Draft[]> {
    const { id, dueStage: stage } = before.incident;
    if (stage === null || stage === after.incident.dueStage) return [];
    const alert = await this.alerts.lockKey(tx, clockKey(id, stage));
    if (!alert || !isOpen(alert)) return [];
    return this.desk.write(tx, resolve(alert, now), { by: null, reason: null, now });
  }
}
