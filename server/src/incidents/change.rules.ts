import { type Severity, UNIT_MS } from '@app/shared';
import { accept, type Decision, refuse } from '../platform/decision.js';
import { type RunningClock, ruleFor, type Term, termFrom } from './clock.rules.js';
import type { Offer, Pause } from './course.js';
import type { IncidentState, StepGiven } from './incident-step.js';
import type { IncidentRow } from './incident.table.js';
import { limitOf } from './pause.rules.js';
import type { Turn } from './turn.js';

type Subject = Pick<IncidentRow, 'category' | 'severity' | 'centre'>;

/** Somebody finds that it is something else, or graver or milder, than was reported. Nothing changes yet. */
export function proposeChange({ incident }: IncidentState, step: StepGiven): Decision<Turn> {
  const { category, severity } = incident;
  const wanted = { category: step.category ?? category, severity: step.severity ?? severity };
  if (wanted.category === category && wanted.severity === severity)
    return refuse('incident.change-wanted', { seen: wanted });
  const change = { ...wanted, askedBy: step.by.account, byName: step.by.name, at: step.now };
  return accept({ course: { ...incident.course, change }, about: wanted });
}

/**
 * What was proposed becomes so. Clocks that run are set by the new limits from now on, and never later than they were:
 * what was promised stays promised. Who answers for a shift may confirm an own wish only where it makes it graver.
 */
export function approveChange({ incident }: IncidentState, step: StepGiven): Decision<Turn> {
  const { course } = incident;
  const { change } = course;
  if (!change) return refuse('incident.illegal-step', { wanted: 'a change that was proposed' });
  const { category, severity } = change;
  if (change.askedBy === step.by.account && !isGraver(severity, incident.severity))
    return refuse('incident.own-wish', { wanted: 'another account' });
  const as = { category, severity, centre: incident.centre };
  const clock = clockAs(as, incident, step);
  const offers = course.offers.map((offer) => offerAs(as, offer, step));
  const pause = course.pause && pauseAs(as, course.pause, { incident, step });
  return accept({
    course: { ...course, offers, pause, change: null },
    row: { category, severity, ...limitsAs(clock, incident) },
    clock,
    about: { category, severity, was: { category: incident.category, severity: incident.severity } },
  });
}

/** It stays what it is; whoever proposed it may take it back so. */
export const refuseChange = ({ incident }: IncidentState): Decision<Turn> =>
  accept({ course: { ...incident.course, change: null } });

const isGraver = (one: Severity, other: Severity): boolean => one < other;

function clockAs(
  as: Subject,
  { dueStage, dueAt, soonAt, ...incident }: IncidentRow,
  step: StepGiven,
): RunningClock {
  const stands = { dueStage, dueAt, soonAt };
  if (dueStage === null || dueAt === null || soonAt === null || incident.imported || step.by.isImport)
    return stands;
  const term = termFrom(step.book, ruleFor(step.book, dueStage, as), step.now);
  return { dueStage, ...sooner({ dueAt, soonAt }, term) };
}

/** Whoever is asked has no more time than they would have been given now. */
function offerAs(as: Subject, offer: Offer, step: StepGiven): Offer {
  const { state, to, dueAt, soonAt } = offer;
  if (state !== 'offered' || dueAt === null || soonAt === null) return offer;
  const term = termFrom(step.book, ruleFor(step.book, 'offer', { ...as, centre: to }), step.now);
  const next = sooner({ dueAt, soonAt }, term);
  return next.dueAt === dueAt ? offer : { ...offer, ...next };
}

/** A clock that stands still goes on with no more than it would have been given now. */
function pauseAs(
  as: Subject,
  pause: Pause,
  { incident, step: { book, now } }: { incident: IncidentRow; step: StepGiven },
): Pause {
  const { stage, leftMs } = pause;
  const stood = limitOf(pause, incident, book);
  const rule = stage && ruleFor(book, stage, as);
  const left = termFrom(book, stood, now, leftMs);
  const whole = rule && termFrom(book, rule, now);
  if (!rule || !left || !whole || whole.dueAt >= left.dueAt) return { ...pause, limit: stood ?? null };
  const { kind, value } = rule;
  return { ...pause, leftMs: value * UNIT_MS[kind], limit: { kind, value } };
}

const sooner = (stands: Term, term: Term | undefined): Term =>
  term && term.dueAt < stands.dueAt ? term : stands;

/** What figures count a late acceptance or arrival by follows the clock. */
function limitsAs({ dueStage, dueAt }: RunningClock, incident: IncidentRow) {
  return {
    acceptDueAt: dueStage === 'accept' ? dueAt : incident.acceptDueAt,
    arriveDueAt: dueStage === 'arrive' ? dueAt : incident.arriveDueAt,
  };
}
