import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ClockStage, type Id, SOON_SHARE, UNIT_MS } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { Clocks, type Due } from '../clocks/clocks.js';
import {
  FOLLOW_UP_OVERDUE,
  FOLLOW_UP_SOON,
  INCIDENT_OVERDUE,
  INCIDENT_SOON,
  OFFER_OVERDUE,
  OFFER_SOON,
  sidesOf,
  SUPERVISION_OVERDUE,
  SUPERVISION_SOON,
} from '../incidents/incident-clocks.js';
import { ruleFor } from '../incidents/clock.rules.js';
import { IncidentHooks } from '../incidents/incident-hooks.js';
import { IncidentRepository } from '../incidents/incident.repository.js';
import type { IncidentState } from '../incidents/incident-step.js';
import type { IncidentRow } from '../incidents/incident.table.js';
import { Rulebooks } from '../incidents/rulebooks.js';
import type { Draft } from '../journal/journal.js';
import { AlertDesk, ALERT_EXPIRES, SHELF_ENDS } from './alert-desk.js';
import { AlertRepository } from './alert.repository.js';
import {
  type AlertMoved,
  clockKey,
  expire,
  isOpen,
  raiseAgain,
  raiseClock,
  readdress,
  resolve,
  turnOverdue,
  unshelve,
} from './alert.rules.js';
import type { AlertRow } from './alert.table.js';

const StagePayload = z.object({ stage: ClockStage, dueAt: z.number() });
const SidePayload = z.object({ incident: z.string(), dueAt: z.number() });

/** A clock of an incident, or of an offer of it, that comes due. */
interface Running {
  readonly subject: Id;
  readonly stage: ClockStage;
  readonly dueAt: number;
  readonly soonAt: number;
}

/** The clock rule, and what due times do to alerts: raised when a clock runs out, resolved when its stage is done. */
@Injectable()
export class ClockAlerts implements OnModuleInit {
  constructor(
    private readonly clocks: Clocks,
    private readonly hooks: IncidentHooks,
    private readonly incidents: IncidentRepository,
    private readonly alerts: AlertRepository,
    private readonly desk: AlertDesk,
    private readonly books: Rulebooks,
  ) {}

  onModuleInit(): void {
    for (const kind of [INCIDENT_SOON, INCIDENT_OVERDUE])
      this.clocks.register(kind, (tx, due, now) => this.#onStage(tx, due, now));
    for (const kind of SIDE_KINDS) this.clocks.register(kind, (tx, due, now) => this.#onSide(tx, due, now));
    this.clocks.register(SHELF_ENDS, (tx, due, now) =>
      this.#onAlert(tx, due, (alert) => unshelve(alert, now), now),
    );
    this.clocks.register(ALERT_EXPIRES, (tx, due, now) =>
      this.#onAlert(tx, due, (alert) => expire(alert, now), now),
    );
    this.hooks.onMoved((tx, before, after, now) => this.#onMoved(tx, before, after, now));
  }

  /** The incident's row is locked first, as every command on it does; a clock that no longer runs says nothing. */
  async #onStage(tx: EntityManager, { subject, kind, payload }: Due, now: number): Promise<Draft[]> {
    const state = await this.incidents.lock(tx, subject);
    const { stage, dueAt } = StagePayload.parse(payload);
    if (!state) return [];
    const { dueStage, soonAt, dueAt: runsTo } = state.incident;
    if (dueStage !== stage || runsTo !== dueAt || soonAt === null) return [];
    return this.warn(
      tx,
      state,
      { subject, stage, dueAt, soonAt },
      { overdue: kind === INCIDENT_OVERDUE, now },
    );
  }

  async #onSide(tx: EntityManager, { subject, kind, payload }: Due, now: number): Promise<Draft[]> {
    const { incident, dueAt } = SidePayload.parse(payload);
    const state = await this.incidents.lock(tx, incident);
    const side = state && sidesOf(state.incident).find(({ id }) => id === subject);
    if (!state || side?.dueAt !== dueAt) return [];
    return this.warn(tx, state, { ...side, subject }, { overdue: OVERDUE.includes(kind), now });
  }

  /** Says that a clock is about to run out or did: of an incident, or of what a folder below has about it. */
  async warn(
    tx: EntityManager,
    { incident }: IncidentState,
    { subject, stage, dueAt, soonAt }: Running,
    { overdue, now }: { overdue: boolean; now: number },
  ): Promise<Draft[]> {
    const key = clockKey(subject, stage);
    const known = await this.alerts.lockKey(tx, key);
    const rule = ruleFor(await this.books.current(), stage, incident);
    const limitMs = rule ? rule.value * UNIT_MS[rule.kind] : (dueAt - soonAt) / SOON_SHARE;
    const limitMinutes = Math.round(limitMs / 60_000);
    const clock = { stage, dueAt, overdue, limitMinutes, number: incident.number };
    const deed = { by: null, reason: null, now };
    if (!known)
      return this.desk.write(tx, raiseClock(incident, { id: this.desk.clock.mint(), key, clock, now }), deed);
    const moved =
      known.clock?.dueAt === dueAt
        ? overdue && turnOverdue(known, incident)
        : raiseAgain(known, incident, { clock, now });
    return moved ? this.desk.write(tx, moved, deed) : [];
  }

  /** The clock of a subject no longer runs: what warned of it is over. */
  async settle(tx: EntityManager, subject: Id, stage: ClockStage, now: number): Promise<Draft[]> {
    return this.#resolve(tx, clockKey(subject, stage), now);
  }

  /** A clock of an incident runs on, and another centre has the duty. */
  async readdress(
    tx: EntityManager,
    { incident, subject, stage, now }: { incident: IncidentRow; subject: Id; stage: ClockStage; now: number },
  ): Promise<Draft[]> {
    const alert = await this.alerts.lockKey(tx, clockKey(subject, stage));
    const moved = alert && readdress(alert, incident);
    return moved ? this.desk.write(tx, moved, { by: null, reason: null, now }) : [];
  }

  async #resolve(tx: EntityManager, key: string, now: number): Promise<Draft[]> {
    const alert = await this.alerts.lockKey(tx, key);
    if (!alert || !isOpen(alert)) return [];
    return this.desk.write(tx, resolve(alert, now), { by: null, reason: null, now });
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
    const drafts: Draft[] = [];
    for (const key of endedClocks(before.incident, after.incident))
      drafts.push(...(await this.#resolve(tx, key, now)));
    return drafts;
  }
}

const OVERDUE: readonly string[] = [OFFER_OVERDUE, SUPERVISION_OVERDUE, FOLLOW_UP_OVERDUE];
const SIDE_KINDS = [...OVERDUE, OFFER_SOON, SUPERVISION_SOON, FOLLOW_UP_SOON];

/** Keys of clocks that ran before a step and do not run on after it. */
function endedClocks(before: IncidentRow, after: IncidentRow): string[] {
  const { id, dueStage: stage, dueAt } = before;
  const isOver = stage !== null && (stage !== after.dueStage || dueAt !== after.dueAt);
  const runs = new Map(sidesOf(after).map((side) => [side.id, side.dueAt]));
  const ended = sidesOf(before).filter((side) => runs.get(side.id) !== side.dueAt);
  return [...(isOver ? [clockKey(id, stage)] : []), ...ended.map((side) => clockKey(side.id, side.stage))];
}
