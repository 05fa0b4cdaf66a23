import { SOON_SHARE, type SupervisionTrigger, toInstant } from '@app/shared';
import { accept, type Decision, refuse } from '../platform/decision.js';
import { ruleFor, type Term, termFrom } from './clock.rules.js';
import type { Course } from './course.js';
import type { IncidentState, StepGiven } from './incident-step.js';
import type { IncidentRow } from './incident.table.js';
import { heirOf } from './rulebook.js';
import type { Turn } from './turn.js';

const DAY_MS = 86_400_000;
const LONGEST_DAYS = 365;

/** A centre above supervises by hand, until an end that it tells. */
export function supervise({ incident }: IncidentState, step: StepGiven): Decision<Turn> {
  if (step.until === null) return refuse('incident.until-wanted', { action: 'supervise' });
  return open(incident, step, { trigger: 'by-hand', term: termUntil(step) });
}

/** A proposal that somebody above has confirmed; without an end told, by the city's limit. */
export function confirmSupervision({ incident }: IncidentState, step: StepGiven): Decision<Turn> {
  const { supervision } = incident.course;
  if (supervision?.state !== 'proposed') return refuse('incident.illegal-step', { wanted: 'a proposal' });
  const { trigger } = supervision;
  return open(incident, step, {
    trigger,
    term: step.until === null ? usualTerm(incident, step) : termUntil(step),
  });
}

function open(
  { course }: IncidentRow,
  { mint, by, now }: StepGiven,
  { trigger, term }: { trigger: SupervisionTrigger; term: Decision<Term | undefined> },
): Decision<Turn> {
  if (!term.ok) return term;
  const { dueAt = null, soonAt = null } = term.value ?? {};
  const supervision = { id: mint, state: 'open', trigger, from: by.centre, at: now, dueAt, soonAt } as const;
  return accept({
    course: { ...course, supervision },
    about: { trigger, ...(dueAt === null ? {} : { until: toInstant(dueAt) }) },
  });
}

/** The end that was told; about to be overdue in the last fifth. */
function termUntil({ until, now }: StepGiven): Decision<Term | undefined> {
  if (until === null) return accept(undefined);
  if (until <= now) return refuse('time.past', { seen: toInstant(until), now: toInstant(now) });
  const latest = now + LONGEST_DAYS * DAY_MS;
  if (until > latest) return refuse('time.future', { seen: toInstant(until), wanted: toInstant(latest) });
  return accept({ dueAt: until, soonAt: Math.round(until - (until - now) * SOON_SHARE) });
}

const usualTerm = (incident: IncidentRow, { book, now }: StepGiven): Decision<Term | undefined> =>
  accept(termFrom(book, ruleFor(book, 'supervise', incident), now));

/** What falls due proposes; nobody is supervised before somebody above has said so. */
export function proposeSupervision({ incident }: IncidentState, step: StepGiven): Decision<Turn> {
  const trigger = step.trigger ?? 'not-handled';
  return accept({ course: proposed(incident, step, trigger), about: { trigger } });
}

/** The course with a proposal, where nobody supervises or proposes already and somebody stands above. */
export function proposed(
  { course, centre }: IncidentRow,
  { mint, now, book }: StepGiven,
  trigger: SupervisionTrigger,
): Course {
  const hasAbove = typeof book.tree.get(heirOf(book.tree, centre))?.parent === 'string';
  if (course.supervision !== null || !hasAbove) return course;
  const supervision = {
    id: mint,
    state: 'proposed',
    trigger,
    from: null,
    at: now,
    dueAt: null,
    soonAt: null,
  } as const;
  return { ...course, supervision };
}

/** The holder answers; the clock stops, and the centre above looks at the answer. */
export function answerSupervision({ incident }: IncidentState): Decision<Turn> {
  const { course } = incident;
  const { supervision } = course;
  if (supervision?.state !== 'open') return refuse('incident.illegal-step', { wanted: 'a supervision' });
  return accept({
    course: { ...course, supervision: { ...supervision, state: 'answered', dueAt: null, soonAt: null } },
  });
}

/** Dismissed while it was only proposed, or lifted. */
export function endSupervision({ incident }: IncidentState): Decision<Turn> {
  const { course } = incident;
  return accept({ course: { ...course, supervision: null } });
}
