import { Injectable } from '@nestjs/common';
import type { ClockStage, Id } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Clocks, type DueTime } from '../clocks/clocks.js';
import type { IncidentRow } from './incident.table.js';

/** Kinds of due times: the clock of the stage is about to be, and is, overdue. Subject: the incident. */
export const INCIDENT_SOON = 'incident.soon';
export const INCIDENT_OVERDUE = 'incident.overdue';
/** The same for an offer that waits. Subject: the offer. */
export const OFFER_SOON = 'incident.offer-soon';
export const OFFER_OVERDUE = 'incident.offer-overdue';
/** And for a supervision that is open. Subject: the supervision. */
export const SUPERVISION_SOON = 'incident.supervision-soon';
export const SUPERVISION_OVERDUE = 'incident.supervision-overdue';
/** And for the visit after the close. Subject: the incident. */
export const FOLLOW_UP_SOON = 'incident.follow-up-soon';
export const FOLLOW_UP_OVERDUE = 'incident.follow-up-overdue';
/** The clock of the stage has run out: whoever stands above may want to supervise. Subject: the incident. */
export const INCIDENT_ESCALATES = 'incident.escalates';
/** A suspension ends. Subject: the incident. */
export const SUSPENSION_ENDS = 'incident.suspension-ends';

/** Keeps the due times of an incident at what its row says. */
@Injectable()
export class IncidentClocks {
  constructor(private readonly clocks: Clocks) {}

  async follow(tx: EntityManager, before: IncidentRow | undefined, after: IncidentRow): Promise<void> {
    const set = [...stageTimes(before, after), ...pauseTimes(before, after)];
    const known = new Map(before ? sidesOf(before).map(({ id, dueAt }) => [id, dueAt]) : []);
    for (const side of sidesOf(after))
      if (known.get(side.id) !== side.dueAt) set.push(...sideTimes(side, after));
    if (set.length > 0) await this.clocks.set(tx, ...set);
    if (before) await this.#cancel(tx, before, after);
  }

  async #cancel(tx: EntityManager, before: IncidentRow, after: IncidentRow): Promise<void> {
    const { id } = after;
    if (before.dueStage !== null && after.dueStage === null)
      await this.clocks.cancel(tx, [INCIDENT_SOON, INCIDENT_OVERDUE, INCIDENT_ESCALATES], id);
    if (before.course.pause && !after.course.pause) await this.clocks.cancel(tx, [SUSPENSION_ENDS], id);
    const waits = new Set(sidesOf(after).map(({ id }) => id));
    for (const { id: side } of sidesOf(before))
      if (!waits.has(side)) await this.clocks.cancel(tx, SIDE_KINDS, side);
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
    { kind: INCIDENT_ESCALATES, subject, dueAt, payload },
  ];
}

function pauseTimes(before: IncidentRow | undefined, { id: subject, course }: IncidentRow): DueTime[] {
  const { pause } = course;
  if (!pause || before?.course.pause) return [];
  return [{ kind: SUSPENSION_ENDS, subject, dueAt: pause.until, payload: { until: pause.until } }];
}

/** A clock of its own beside that of the stage. */
export interface Side {
  readonly id: Id;
  readonly stage: keyof typeof SIDES;
  readonly dueAt: number;
  readonly soonAt: number;
}

const SIDES = {
  offer: [OFFER_SOON, OFFER_OVERDUE],
  supervise: [SUPERVISION_SOON, SUPERVISION_OVERDUE],
  'follow-up': [FOLLOW_UP_SOON, FOLLOW_UP_OVERDUE],
} as const satisfies Partial<Record<ClockStage, readonly [string, string]>>;
const SIDE_KINDS = Object.values(SIDES).flat();

/** What runs beside the stage: offers that wait, an open supervision, the visit after the close. */
export function sidesOf({ id, course }: Pick<IncidentRow, 'id' | 'course'>): Side[] {
  const { offers, supervision, followUp } = course;
  const all = [
    ...offers.map((offer) => ({ ...offer, stage: 'offer' as const })),
    ...(supervision ? [{ ...supervision, stage: 'supervise' as const }] : []),
    ...(followUp ? [{ ...followUp, id, stage: 'follow-up' as const }] : []),
  ];
  return all.flatMap(({ id: side, stage, dueAt, soonAt }) =>
    dueAt === null ? [] : [{ id: side, stage, dueAt, soonAt: soonAt ?? dueAt }],
  );
}

function sideTimes({ id: subject, stage, dueAt, soonAt }: Side, { id: incident }: IncidentRow): DueTime[] {
  const payload = { incident, dueAt };
  const [soon, overdue] = SIDES[stage];
  return [
    { kind: soon, subject, dueAt: soonAt, payload },
    { kind: overdue, subject, dueAt, payload },
  ];
}
