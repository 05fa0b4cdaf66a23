import type { CentreId, OfferKind } from '@app/shared';
import { accept, type Decision, refuse } from '../platform/decision.js';
import { ruleFor, termFrom } from './clock.rules.js';
import type { Offer } from './course.js';
import type { IncidentState, StepGiven } from './incident-step.js';
import { heirOf, type TreeView } from './rulebook.js';
import type { Turn } from './turn.js';

/** Offers an incident to another centre, or asks one for help. Until it accepts, the sender keeps the duty. */
export function offer({ incident }: IncidentState, step: StepGiven, kind: OfferKind): Decision<Turn> {
  const { book, by } = step;
  const { course } = incident;
  const centre = heirOf(book.tree, incident.centre);
  if (kind !== 'assist' && course.offers.some(isHanding))
    return refuse('incident.offered', { offers: course.offers.filter(isHanding).map(({ to }) => to) });
  const way = wayOf(book.tree, centre, { kind, wanted: step.centre });
  if (!way.ok) return way;
  const { target, via } = way.value;
  if (course.offers.some(({ to, next }) => to === target || next === target))
    return refuse('incident.offered', { offers: [target] });
  // Whoever asks may stand as high as the common ancestor already; then nobody needs to pass it on.
  const isPassed = via === null || book.tree.isWithin(via, by.centre);
  const made: Omit<Offer, 'dueAt' | 'soonAt'> = {
    id: step.mint,
    kind,
    from: centre,
    to: isPassed ? target : via,
    next: isPassed ? null : target,
    state: 'offered',
    at: step.now,
  };
  const offers = [...course.offers, withTerm(made, incident, step)];
  return accept({ course: { ...course, offers }, about: { centre: target } });
}

/** The common ancestor passes an offer on to the centre it was meant for; that centre's clock starts. */
export function passOffer({ incident }: IncidentState, step: StepGiven): Decision<Turn> {
  const found = openOffer(incident.course.offers, step);
  if (!found.ok) return found;
  const { next } = found.value;
  if (next === null)
    return refuse('incident.illegal-step', { offer: found.value.id, wanted: 'one to pass on' });
  const passed = withTerm({ ...found.value, to: next, next: null, at: step.now }, incident, step);
  return accept({ course: replaced(incident.course, passed), about: { centre: next } });
}

/** The duty goes over with the acceptance; its clock starts anew. Who helps has no duty, and no clock. */
export function acceptOffer({ incident }: IncidentState, step: StepGiven): Decision<Turn> {
  const { course, centre, former } = incident;
  const found = openOffer(course.offers, step);
  if (!found.ok) return found;
  const { id, next, kind } = found.value;
  if (next !== null)
    return refuse('incident.illegal-step', { offer: id, wanted: 'pass it on, or return it' });
  const to = heirOf(step.book.tree, found.value.to);
  const about = { centre: to };
  if (kind === 'assist') {
    const helper: Offer = { ...found.value, to, state: 'assisting', at: step.now, dueAt: null, soonAt: null };
    return accept({ course: replaced(course, helper), about });
  }
  const offers = course.offers.filter((one) => one.id !== id && one.to !== to);
  return accept({
    course: { ...course, offers, returned: null, extension: null },
    row: { centre: to, former: [...new Set([...former, centre])].filter((one) => one !== to) },
    clock: 'anew',
    about,
  });
}

/** Back to who sent it, whoever passed it on; they must decide anew before the next main step. */
export function returnOffer({ incident }: IncidentState, step: StepGiven): Decision<Turn> {
  const { course } = incident;
  const found = openOffer(course.offers, step);
  if (!found.ok) return found;
  const { id, to, kind } = found.value;
  const offers = course.offers.filter((one) => one.id !== id);
  const returned = kind === 'assist' ? course.returned : ({ what: 'offer', by: to, at: step.now } as const);
  return accept({ course: { ...course, offers, returned }, about: { centre: to } });
}

export function withdrawOffer({ incident }: IncidentState, step: StepGiven): Decision<Turn> {
  const { course } = incident;
  const found = openOffer(course.offers, step);
  if (!found.ok) return found;
  const { id, to, next } = found.value;
  const offers = course.offers.filter((one) => one.id !== id);
  return accept({ course: { ...course, offers }, about: { centre: next ?? to } });
}

/** Who helped leaves; not while a team of theirs may still be bound, which the caller looks at. */
export function endAssist({ incident }: IncidentState, step: StepGiven): Decision<Turn> {
  const { course } = incident;
  const helping = course.offers.filter(({ state }) => state === 'assisting');
  const found = named(helping, step);
  if (!found.ok) return found;
  const offers = course.offers.filter((one) => one.id !== found.value.id);
  return accept({ course: { ...course, offers }, about: { centre: found.value.to } });
}

/** Takes on what was returned, with a reason: main steps may go on. */
export function keep({ incident }: IncidentState): Decision<Turn> {
  return accept({ course: { ...incident.course, returned: null } });
}

export const isHanding = ({ kind, state }: Pick<Offer, 'kind' | 'state'>): boolean =>
  kind !== 'assist' && state === 'offered';

interface Way {
  readonly target: CentreId;
  /** Who must pass it on; null where the way is straight up or down. */
  readonly via: CentreId | null;
}

/** Where an offer of a kind may go from a centre. Help may come from above, below or beside. */
function wayOf(
  tree: TreeView,
  from: CentreId,
  { kind, wanted }: { kind: OfferKind; wanted: CentreId | null },
): Decision<Way> {
  const parent = tree.get(from)?.parent ?? null;
  const target = kind === 'hand-up' ? (wanted ?? parent) : wanted;
  if (target === null && kind === 'hand-up') return refuse('incident.nowhere', { from, wanted: 'a parent' });
  if (target === null) return refuse('incident.centre-wanted', { kind });
  const seen = tree.get(target);
  if (!seen) return refuse('centre.unknown', { id: target });
  const fault = { from, to: target, kind };
  if (seen.closedAt !== null || target === from) return refuse('incident.nowhere', fault);
  const isBelow = tree.isWithin(target, from);
  const isAbove = tree.isWithin(from, target);
  if (kind === 'hand-up' && target !== parent)
    return refuse('incident.nowhere', { ...fault, wanted: parent });
  if (kind === 'hand-down' && !isBelow)
    return refuse('incident.nowhere', { ...fault, wanted: 'a centre below' });
  if (kind === 'hand-across' && (isBelow || isAbove))
    return refuse('incident.nowhere', { ...fault, wanted: 'a centre beside' });
  if (isBelow || isAbove) return accept({ target, via: null });
  const via = tree.commonAncestor([from, target]);
  return via === undefined ? refuse('incident.nowhere', fault) : accept({ target, via });
}

function withTerm(
  made: Omit<Offer, 'dueAt' | 'soonAt'>,
  incident: IncidentState['incident'],
  { book, now }: StepGiven,
): Offer {
  const term = incident.imported
    ? undefined
    : termFrom(book, ruleFor(book, 'offer', { ...incident, centre: made.to }), now);
  return { ...made, dueAt: term?.dueAt ?? null, soonAt: term?.soonAt ?? null };
}

const openOffer = (offers: readonly Offer[], step: StepGiven): Decision<Offer> =>
  named(
    offers.filter(({ state }) => state === 'offered'),
    step,
  );

/** The one that the step names, or the only one there is. */
function named(offers: readonly Offer[], { offer: id, action }: StepGiven): Decision<Offer> {
  const fits = id === null ? offers : offers.filter((one) => one.id === id);
  const [only] = fits;
  if (only && fits.length === 1) return accept(only);
  if (fits.length > 1) return refuse('incident.offer-wanted', { action, open: offers.map(({ id }) => id) });
  return refuse('incident.illegal-step', { action, offer: id, wanted: 'an offer that waits' });
}

const replaced = <C extends { readonly offers: readonly Offer[] }>(course: C, by: Offer): C => ({
  ...course,
  offers: course.offers.map((one) => (one.id === by.id ? by : one)),
});
