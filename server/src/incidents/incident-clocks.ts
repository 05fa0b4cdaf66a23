import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clocks, type DueTime } from '../clocks/clocks.js';
import type { Offer } from './course.js';
import type { IncidentRow } from './incident.table.js';

/** Kinds of due times: the clock of the stage is about to be, and is, overdue. Subject: the incident. */
export const INCIDENT_SOON = 'incident.soon';
export const INCIDENT_OVERDUE = 'incident.overdue';
/** The same for an offer that waits. Subject: the offer. */
export const OFFER_SOON = 'incident.offer-soon';
export const OFFER_OVERDUE = 'incident.offer-overdue';
/** A suspension ends. Subject: the incident. */
export const SUSPENSION_ENDS = 'incident.suspension-ends';

/** Keeps the due times of an incident at what its row says. */
@Injectable()
export class IncidentClocks {
  constructor(private readonly clocks: Clocks) {}

  async follow(tx: EntityManager, before: IncidentRow | undefined, after: IncidentRow): Promise<void> {
    const set = [...stageTimes(before, after), ...pauseTimes(before, after)];
    for (const offer of after.course.offers)
      if (!before?.course.offers.includes(offer)) set.push(...offerTimes(offer, after));
    if (set.length > 0) await this.clocks.set(tx, ...set);
    if (before) await this.#cancel(tx, before, after);
  }

  async #cancel(tx: EntityManager, before: IncidentRow, after: IncidentRow): Promise<void> {
    const { id } = after;
    if (before.dueStage !== null && after.dueStage === null)
      await this.clocks.cancel(tx, [INCIDENT_SOON, INCIDENT_OVERDUE], id);
    if (before.course.pause && !after.course.pause) await this.clocks.cancel(tx, [SUSPENSION_ENDS], id);
    const waits = new Set(after.course.offers.filter(({ dueAt }) => dueAt !== null).map(({ id }) => id));
    for (const { id: offer, dueAt } of before.course.offers)
      if (dueAt !== null && !waits.has(offer))
        await this.clocks.cancel(tx, [OFFER_SOON, OFFER_OVERDUE], offer);
  }
}

function stageTimes(before: IncidentRow | undefined, after: IncidentRow): DueTime[] {
  const { id: subject, dueStage: stage, dueAt, soonAt } = after;
  if (stage === null || dueAt === null || soonAt === null) return [];
  if (before?.dueStage === stage && before.dueAt === dueAt) return [];
  const payload = { stage, dueAt };
  return [
    { kind: INCIDENT_SOON, subject, dueAt: soonAt, payload },
    { kind: INCIDENT_OVERDUE, subject, dueAt, payload },
  ];
}

function pauseTimes(before: IncidentRow | undefined, { id: subject, course }: IncidentRow): DueTime[] {
  const { pause } = course;
  if (!pause || before?.course.pause) return [];
  return [{ kind: SUSPENSION_ENDS, subject, dueAt: pause.until, payload: { until: pause.until } }];
}

function offerTimes({ id: subject, dueAt, soonAt }: Offer, { id: incident }: IncidentRow): DueTime[] {
  if (dueAt === null || soonAt === null) return [];
  const payload = { incident, dueAt };
  return [
    { kind: OFFER_SOON, subject, dueAt: soonAt, payload },
    { kind: OFFER_OVERDUE, subject, dueAt, payload },
  ];
}
