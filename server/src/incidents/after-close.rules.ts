import { toInstant } from '@app/shared';
import { accept, type Decision, refuse } from '../platform/decision.js';
import { ruleFor, termFrom } from './clock.rules.js';
import type { Course } from './course.js';
import type { IncidentState, StepGiven } from './incident-step.js';
import type { IncidentRow } from './incident.table.js';
import { proposed } from './supervision.rules.js';
import type { Turn } from './turn.js';

const DAY_MS = 86_400_000;

/** By when somebody asks how satisfied they are; null where the city has no limit for it. */
export function closeCourse(incident: IncidentRow, { book, now, by }: StepGiven): Course {
  const runs = !incident.imported && !by.isImport;
  const term = runs ? termFrom(book, ruleFor(book, 'follow-up', incident), now) : undefined;
  return {
    ...incident.course,
    followUp: { dueAt: term?.dueAt ?? null, soonAt: term?.soonAt ?? null, satisfaction: null, at: null },
  };
}

/** What was found on the visit after the close; somebody who is not satisfied reopens it. */
export function followUp(state: IncidentState, step: StepGiven): Decision<Turn> {
  const { incident } = state;
  const { course } = incident;
  const { satisfaction, now } = step;
  if (satisfaction === null) return refuse('incident.satisfaction-wanted', { action: 'follow-up' });
  if (course.followUp?.satisfaction)
    return refuse('incident.used-up', { action: 'follow-up', seen: course.followUp.satisfaction });
  const visited = { ...course, followUp: { dueAt: null, satisfaction, at: now } };
  const about = { satisfaction };
  if (satisfaction !== 'dissatisfied') return accept({ course: visited, about });
  const open = reopen({ ...state, incident: { ...incident, course: visited } }, step);
  if (!open.ok) return open;
  const watched = proposed({ ...incident, course: open.value.course }, step, 'not-lawful');
  return accept({ ...open.value, course: watched, status: 'accepted', about });
}

/** Back to work within the time that the city allows. */
export function reopen({ incident, assignments }: IncidentState, { now, book }: StepGiven): Decision<Turn> {
  const { course, closedAt } = incident;
  const latest = (closedAt ?? now) + book.limits.reopenDays * DAY_MS;
  if (now > latest) return refuse('incident.too-late', { action: 'reopen', until: toInstant(latest) });
  const { followUp } = course;
  return accept({
    course: {
      ...course,
      reopened: course.reopened + 1,
      round: assignments.length,
      followUp: followUp?.satisfaction ? followUp : null,
    },
    clock: 'anew',
  });
}

/** The check failed: everything that was told stays, and the work goes on. */
export function rework({ incident }: IncidentState, step: StepGiven): Decision<Turn> {
  const { course } = incident;
  const again = { ...course, reworked: course.reworked + 1 };
  // Whoever has to do it once more a second time is looked at from above.
  const isRepeated = again.reworked >= 2;
  return accept({
    course: isRepeated ? proposed({ ...incident, course: again }, step, 'not-lawful') : again,
  });
}
