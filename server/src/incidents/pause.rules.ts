import { MOST_EXTENSIONS, toInstant, UNIT_MS } from '@app/shared';
import { ranBetween, runOn } from '../clocks/working-time.rules.js';
import { accept, type Decision, refuse } from '../platform/decision.js';
import { assigneeOf } from './assignment.rules.js';
import { NO_CLOCK, ruleFor, type RunningClock, termFrom } from './clock.rules.js';
import type { IncidentState, StepGiven } from './incident-step.js';
import type { Pause } from './course.js';
import type { IncidentRow } from './incident.table.js';
import type { Rulebook } from './rulebook.js';
import type { Turn } from './turn.js';

const DAY_MS = 86_400_000;

/** Stops the clock until an end that is told; once, and not while a team is out. */
export function suspend({ incident, assignments }: IncidentState, step: StepGiven): Decision<Turn> {
  const { course } = incident;
  const { until, now, book } = step;
  if (course.paused > 0) return refuse('incident.used-up', { action: 'suspend', most: 1 });
  if (until === null) return refuse('incident.until-wanted', { action: 'suspend' });
  if (until <= now) return refuse('time.past', { seen: toInstant(until), now: toInstant(now) });
  const latest = now + book.limits.suspendDays * DAY_MS;
  if (until > latest) return refuse('time.future', { seen: toInstant(until), wanted: toInstant(latest) });
  const bound = assignments.filter(({ endedAt }) => endedAt === null);
  if (bound.length > 0)
    return refuse('incident.teams-bound', {
      teams: bound.map((one) => ({ team: assigneeOf(one), callSign: one.callSign })),
    });
  const pause = {
    from: incident.status,
    since: now,
    until,
    stage: incident.dueStage,
    ...leftOf(incident, step),
  };
  return accept({
    course: { ...course, pause, paused: course.paused + 1, extension: null },
    clock: NO_CLOCK,
    about: { until: toInstant(until) },
  });
}

/** Goes on where it was suspended, with what was left of the clock. */
export function resume({ incident }: IncidentState, { book, now }: StepGiven): Decision<Turn> {
  const { course } = incident;
  const { pause } = course;
  if (pause === null) return refuse('incident.illegal-step', { action: 'resume', wanted: 'a suspended one' });
  const { stage, leftMs, from } = pause;
  const term = stage && termFrom(book, limitOf(pause, incident, book), now, leftMs);
  const clock: RunningClock = stage && term ? { dueStage: stage, ...term } : NO_CLOCK;
  return accept({ course: { ...course, pause: null }, status: from, clock });
}

/** How much of the running clock is left, in the time of its kind; nothing where it has run out. */
function leftOf(incident: IncidentRow, { book, now }: StepGiven): Required<Pick<Pause, 'leftMs' | 'limit'>> {
  const { dueStage, dueAt } = incident;
  const rule = dueStage && ruleFor(book, dueStage, incident);
  if (!rule || dueAt === null) return { leftMs: 0, limit: null };
  const { kind, value } = rule;
  return { leftMs: ranBetween(now, dueAt, kind, book.calendar), limit: { kind, value } };
}

/** The limit that a clock which stands still will run on by: the one that it stopped by, whatever a city sets meanwhile. */
export function limitOf(
  { stage, limit }: Pause,
  incident: Pick<IncidentRow, 'category' | 'severity' | 'centre'>,
  book: Rulebook,
): NonNullable<Pause['limit']> | undefined {
  return limit ?? (stage ? ruleFor(book, stage, incident) : undefined);
}

/** Asks for the original limit once more: at most twice, and only before it has run out. */
export function askExtension({ incident }: IncidentState, step: StepGiven): Decision<Turn> {
  const { course } = incident;
  const { now, by } = step;
  if (course.extended >= MOST_EXTENSIONS)
    return refuse('incident.used-up', { action: 'extend', most: MOST_EXTENSIONS });
  const term = longerTerm(incident, step);
  if (!term.ok) return term;
  const extension = {
    state: 'asked',
    askedBy: by.account,
    byName: by.name,
    reviewedBy: null,
    at: now,
    dueAt: term.value.dueAt,
  } as const;
  return accept({
    course: { ...course, extension },
    about: { until: toInstant(term.value.dueAt) },
  });
}

/** The first of two approvals: by somebody else at the centre that asks, or above it. */
export function reviewExtension({ incident }: IncidentState, { by }: StepGiven): Decision<Turn> {
  const { extension } = incident.course;
  if (extension === null)
    return refuse('incident.illegal-step', { wanted: 'an extension that was asked for' });
  if (extension.askedBy === by.account) return refuse('incident.own-wish', { wanted: 'another account' });
  const reviewed = { ...extension, state: 'reviewed', reviewedBy: by.account } as const;
  return accept({ course: { ...incident.course, extension: reviewed } });
}

/** The second: by a third who stands above. Too late once the clock has run out. */
export function approveExtension({ incident }: IncidentState, step: StepGiven): Decision<Turn> {
  const { course } = incident;
  const { extension } = course;
  if (extension?.state !== 'reviewed')
    return refuse('incident.illegal-step', { wanted: 'an extension that was reviewed' });
  if ([extension.askedBy, extension.reviewedBy].includes(step.by.account))
    return refuse('incident.own-wish', { wanted: 'a third account' });
  const term = longerTerm(incident, step);
  if (!term.ok) return term;
  return accept({
    course: { ...course, extension: null, extended: course.extended + 1 },
    clock: { dueStage: incident.dueStage, ...term.value },
    about: { until: toInstant(term.value.dueAt) },
  });
}

/** Refused ones do not count. */
export function refuseExtension({ incident }: IncidentState): Decision<Turn> {
  return accept({ course: { ...incident.course, extension: null } });
}

/** The running clock and its original limit once more. */
function longerTerm(
  incident: IncidentRow,
  { book, now }: StepGiven,
): Decision<{ dueAt: number; soonAt: number }> {
  const { dueStage, dueAt, soonAt } = incident;
  const rule = dueStage && ruleFor(book, dueStage, incident);
  if (!rule || dueAt === null || soonAt === null)
    return refuse('incident.illegal-step', { wanted: 'a clock that runs' });
  if (dueAt <= now) return refuse('incident.clock-over', { dueAt: toInstant(dueAt), now: toInstant(now) });
  const more = (at: number) => runOn(at, rule.value * UNIT_MS[rule.kind], rule.kind, book.calendar);
  return accept({ dueAt: more(dueAt), soonAt: more(soonAt) });
}
