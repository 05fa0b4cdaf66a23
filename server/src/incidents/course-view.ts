import {
  type Course as CourseTold,
  type IncidentAction,
  type Offer as OfferTold,
  toInstant,
} from '@app/shared';
import type { Offer } from './course.js';
import { fitsCourse } from './course.rules.js';
import type { IncidentState } from './incident-step.js';
import type { Permit } from './incident-view.js';

const WAITING: readonly IncidentAction[] = ['accept-offer', 'pass-offer', 'return-offer', 'withdraw-offer'];
const HELPING: readonly IncidentAction[] = ['end-assist'];

/** The course as HTTP answers it to one caller. */
export function courseOf(state: IncidentState, permit: Permit): CourseTold {
  const { offers, returned, pause, extension, change, followUp, supervision, merge, merged, ...counts } =
    state.incident.course;
  const { extended, reworked, reopened } = counts;
  return {
    offers: offers.map((offer) => offerOf(state, offer, permit)),
    returned: returned && { ...returned, at: toInstant(returned.at) },
    suspension: pause && { since: toInstant(pause.since), until: toInstant(pause.until) },
    extension: extension && {
      state: extension.state,
      dueAt: toInstant(extension.dueAt),
      by: extension.byName,
      since: toInstant(extension.at),
    },
    change: change && {
      category: change.category,
      severity: change.severity,
      by: change.byName,
      since: toInstant(change.at),
    },
    extended,
    reworked,
    reopened,
    supervision: supervision && {
      state: supervision.state,
      trigger: supervision.trigger,
      from: supervision.from,
      since: toInstant(supervision.at),
      due: dueOf(supervision),
    },
    merge: merge && { into: merge.into, number: merge.number, until: toInstant(merge.until) },
    merged: merged.map((one) => ({ ...one, at: toInstant(one.at) })),
    followUp: followUp && {
      dueAt: followUp.dueAt === null ? null : toInstant(followUp.dueAt),
      satisfaction: followUp.satisfaction,
      at: followUp.at === null ? null : toInstant(followUp.at),
    },
  };
}

function offerOf(state: IncidentState, offer: Offer, permit: Permit): OfferTold {
  const { id, kind, from, to, next, at } = offer;
  const possible = offer.state === 'assisting' ? HELPING : WAITING.filter((action) => isFor(offer, action));
  return {
    id,
    kind,
    from,
    to,
    next,
    state: offer.state,
    since: toInstant(at),
    due: dueOf(offer),
    actions: possible.filter((action) => permit.may(action, id) && fitsCourse(state, action, permit.now)),
  };
}

/** A due time of a course as it is told. */
export const dueOf = ({ dueAt, soonAt }: Pick<Offer, 'dueAt' | 'soonAt'>): OfferTold['due'] =>
  dueAt !== null && soonAt !== null ? { at: toInstant(dueAt), soonAt: toInstant(soonAt) } : null;

/** Whoever stands between passes it on; only the one it was meant for accepts. */
const isFor = ({ next }: Offer, action: IncidentAction): boolean =>
  action === 'pass-offer' ? next !== null : action !== 'accept-offer' || next === null;
