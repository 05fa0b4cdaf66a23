import { z } from 'zod';
import { Category } from './category.js';
import { Id } from './ids.js';
import { IncidentAction } from './incident-flow.js';
import { Severity } from './severity.js';
import { Instant } from './time.js';

/** 上交 交办 移送 协办: to the parent, to a centre below, to one beside by way of the common ancestor; help without the duty. */
export const OFFER_KINDS = ['hand-up', 'hand-down', 'hand-across', 'assist'] as const;
export const OfferKind = z.enum(OFFER_KINDS);
export type OfferKind = z.infer<typeof OfferKind>;

export const SATISFACTIONS = ['satisfied', 'fair', 'dissatisfied'] as const;
export const Satisfaction = z.enum(SATISFACTIONS);
export type Satisfaction = z.infer<typeof Satisfaction>;

/** 督办: by hand, or proposed for 应受理未受理, 应办理未办理, 不依法办理. */
export const SUPERVISION_TRIGGERS = ['by-hand', 'not-accepted', 'not-handled', 'not-lawful'] as const;
export const SupervisionTrigger = z.enum(SUPERVISION_TRIGGERS);
export type SupervisionTrigger = z.infer<typeof SupervisionTrigger>;

const Limit = { at: Instant, soonAt: Instant };

/** An incident that waits for another centre's answer, or a centre that helps, as every wall may show it. */
export const OfferCard = z.object({
  kind: OfferKind,
  /** Whom it waits for, or who helps. */
  to: Id,
  state: z.enum(['offered', 'assisting']),
  due: z.object(Limit).nullable(),
});
export type OfferCard = z.infer<typeof OfferCard>;

/** A supervision from above, as the walls of both levels show it: only proposed, running against its due time, or answered. */
export const SupervisionCard = z.object({
  state: z.enum(['proposed', 'open', 'answered']),
  trigger: SupervisionTrigger,
  due: z.object(Limit).nullable(),
});
export type SupervisionCard = z.infer<typeof SupervisionCard>;

/** The same over HTTP, with what this caller may do about it; `next` is for whom the common ancestor passes it on. */
export const Offer = OfferCard.extend({
  id: Id,
  from: Id,
  next: Id.nullable(),
  since: Instant,
  actions: z.array(IncidentAction),
});
export type Offer = z.infer<typeof Offer>;

/** How an incident goes between centres and clocks, as HTTP answers it. */
export const Course = z.object({
  offers: z.array(Offer),
  /** Who gave it back, a centre, a team or a department: main steps wait until that is decided on. */
  returned: z.object({ what: z.enum(['offer', 'team', 'department']), by: Id, at: Instant }).nullable(),
  suspension: z.object({ since: Instant, until: Instant }).nullable(),
  extension: z
    .object({ state: z.enum(['asked', 'reviewed']), dueAt: Instant, by: z.string(), since: Instant })
    .nullable(),
  extended: z.number().int(),
  reworked: z.number().int(),
  reopened: z.number().int(),
  /** What it should be instead, until somebody who answers for the shift decides on it. */
  change: z
    .object({ category: Category, severity: Severity, by: z.string(), since: Instant })
    .nullable()
    .optional(),
  supervision: SupervisionCard.extend({ from: Id.nullable(), since: Instant }).nullable().optional(),
  /** What it was merged into, until when that may be taken back; and what was merged into it. */
  merge: z.object({ into: Id, number: z.string(), until: Instant }).nullable().optional(),
  merged: z.array(z.object({ id: Id, number: z.string(), at: Instant })).optional(),
  followUp: z
    .object({ dueAt: Instant.nullable(), satisfaction: Satisfaction.nullable(), at: Instant.nullable() })
    .nullable(),
});
export type Course = z.infer<typeof Course>;
