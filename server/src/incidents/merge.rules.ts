import { ENDED_STATUSES, flowRow, type IncidentStatus, type TeamId, toInstant } from '@app/shared';
import { accept, type Decision, refuse } from '../platform/decision.js';
import { assigneeOf, nextPosition } from './assignment.rules.js';
import { NO_CLOCK, stageOf, startClock } from './clock.rules.js';
import { guestsOf } from './course.js';
import { settleCourse } from './course.rules.js';
import { heirLabel } from './label.rules.js';
import {
  type Advanced,
  INCIDENT_FACTS,
  type IncidentState,
  type StepGiven,
  type TimelineLine,
} from './incident-step.js';
import type { AssignmentRow, IncidentRow, MergeAction } from './incident.table.js';

const MERGED = 'merged';

/** What becomes of the one that goes and of the one that stays. `teams`: whose status may follow another incident now. */
export interface Merged {
  readonly gone: Advanced;
  readonly kept: Advanced;
  readonly teams: readonly TeamId[];
}

/** How far an incident has come, for one that takes over the teams of another. */
const PROGRESS: readonly IncidentStatus[] = ['reported', 'accepted', 'dispatched', 'handling'];
const further = (a: IncidentStatus, b: IncidentStatus): IncidentStatus =>
  PROGRESS.indexOf(a) >= PROGRESS.indexOf(b) ? a : b;

/** One incident told twice: both timelines stay, and whoever is out goes on for the one that is kept. */
export function merge(gone: IncidentState, kept: IncidentState, step: StepGiven): Decision<Merged> {
  const { incident } = gone;
  const { now } = step;
  const row = flowRow(incident.status, 'merge');
  if (!row) return refuse('incident.illegal-step', { from: incident.status, action: 'merge' });
  if (kept.incident.id === incident.id || !PROGRESS.includes(kept.incident.status))
    return refuse('incident.no-duplicate', { into: kept.incident.id, status: kept.incident.status });
  const bound = new Set(kept.assignments.filter(isOpen).map(assigneeOf));
  const moved = gone.assignments.filter((one) => isOpen(one) && !bound.has(assigneeOf(one)));
  const doubled = gone.assignments.filter((one) => isOpen(one) && bound.has(assigneeOf(one)));
  const { id, number } = kept.incident;
  const { dueStage, dueAt, soonAt } = incident;
  const until = now + step.book.limits.unmergeMinutes * 60_000;
  const left = {
    into: id,
    number,
    at: now,
    until,
    from: incident.status,
    clock: { dueStage, dueAt, soonAt },
  };
  const goneNext = changed(incident, {
    ...NO_CLOCK,
    status: 'merged',
    statusAt: Math.max(now, incident.statusAt),
    closedAt: Math.max(now, incident.statusAt),
    course: { ...settleCourse(incident.course, 'merged', incident.status), merge: left },
  });
  const keptAssignments = [...kept.assignments, ...readdressed(moved, kept, { movedFrom: incident.id })];
  const status = moved.length > 0 ? further(kept.incident.status, incident.status) : kept.incident.status;
  const merged = [...kept.incident.course.merged, { id: incident.id, number: incident.number, at: now }];
  return accept({
    gone: {
      next: {
        incident: goneNext,
        assignments: [
          ...gone.assignments.filter((one) => !isOpen(one)),
          ...doubled.map((one) => recalled(one, now)),
        ],
      },
      fact: INCIDENT_FACTS.merge,
      lines: [line(goneNext, 'merge', step, id)],
      moved: [],
    },
    kept: standing(sealedAlike(kept, incident), keptAssignments, {
      step,
      status,
      merged,
      action: 'absorb',
      other: incident.id,
    }),
    teams: teamsOf([...moved, ...doubled]),
  });
}

/** They were two after all: within the time of the city it stands again as it stood, with its teams. */
export function unmerge(gone: IncidentState, kept: IncidentState, step: StepGiven): Decision<Merged> {
  const { incident } = gone;
  const { merge: left } = incident.course;
  if (left === null) return refuse('incident.illegal-step', { from: incident.status, action: 'unmerge' });
  if (step.now > left.until)
    return refuse('incident.too-late', { action: 'unmerge', until: toInstant(left.until) });
  const back = kept.assignments.filter(({ movedFrom }) => movedFrom === incident.id);
  const goneNext = changed(incident, {
    ...left.clock,
    status: left.from,
    statusAt: Math.max(step.now, incident.statusAt),
    closedAt: null,
    course: { ...incident.course, merge: null },
  });
  const keptAssignments = kept.assignments.filter((one) => !back.includes(one));
  const isLeftAlone = kept.incident.status === 'dispatched' && !keptAssignments.some(isOpen);
  const status = isLeftAlone ? 'accepted' : kept.incident.status;
  const merged = kept.incident.course.merged.filter(({ id }) => id !== incident.id);
  return accept({
    gone: {
      next: {
        incident: goneNext,
        assignments: [...gone.assignments, ...readdressed(back, gone, { movedFrom: null })],
      },
      fact: INCIDENT_FACTS.unmerge,
      lines: [line(goneNext, 'unmerge', step, kept.incident.id)],
      moved: [],
    },
    kept: standing(kept, keptAssignments, { step, status, merged, action: 'release', other: incident.id }),
    teams: teamsOf(back),
  });
}

/** What it takes over must not be read more widely than it was. */
const sealedAlike = (kept: IncidentState, gone: IncidentRow): IncidentState => ({
  ...kept,
  incident: { ...kept.incident, ...heirLabel(gone, kept.incident) },
});

const teamsOf = (assignments: readonly AssignmentRow[]): TeamId[] =>
  assignments.flatMap(({ team }) => team ?? []);

const isOpen = ({ endedAt }: AssignmentRow): boolean => endedAt === null;

const recalled = (assignment: AssignmentRow, now: number): AssignmentRow => ({
  ...assignment,
  step: 'recalled',
  times: { ...assignment.times, recalled: now },
  flags: [...assignment.flags, MERGED],
  endedAt: Math.max(now, assignment.openedAt),
});

/** Assignments as those of another incident, after its own. */
const readdressed = (
  moved: readonly AssignmentRow[],
  { incident, assignments }: IncidentState,
  { movedFrom }: Pick<AssignmentRow, 'movedFrom'>,
): AssignmentRow[] => {
  const first = nextPosition(assignments);
  return moved.map((one, i) => ({ ...one, incident: incident.id, position: first + i, movedFrom }));
};

const changed = (incident: IncidentRow, more: Partial<IncidentRow>): IncidentRow => {
  const next = { ...incident, ...more, version: incident.version + 1 };
  return { ...next, guests: guestsOf(next.course) };
};

/** The one that stays, with teams more or fewer; its clock goes on within its stage. */
function standing(
  { incident, assignments: before }: IncidentState,
  assignments: readonly AssignmentRow[],
  {
    step,
    status,
    merged,
    action,
    other,
  }: {
    step: StepGiven;
    status: IncidentStatus;
    merged: IncidentRow['course']['merged'];
    action: MergeAction;
    other: IncidentRow['id'];
  },
): Advanced {
  const { course } = incident;
  const stage = stageOf(status, assignments.slice(course.round));
  const isSame = stage === stageOf(incident.status, before.slice(course.round));
  const { dueStage, dueAt, soonAt } = incident;
  const starts = stage !== null && !incident.imported && !ENDED_STATUSES.includes(status);
  const clock = isSame
    ? { dueStage, dueAt, soonAt }
    : starts
      ? startClock(step.book, stage, incident, step.now)
      : NO_CLOCK;
  const next = changed(incident, {
    ...clock,
    status,
    statusAt: status === incident.status ? incident.statusAt : Math.max(step.now, incident.statusAt),
    course: { ...course, merged },
  });
  return {
    next: { incident: next, assignments },
    fact: INCIDENT_FACTS[action],
    lines: [line(next, action, step, other)],
    moved: [],
  };
}

const line = (
  { id, version }: IncidentRow,
  action: 'merge' | 'unmerge' | MergeAction,
  { at, now, reason, note, derived }: StepGiven,
  other: IncidentRow['id'],
): TimelineLine => ({
  incident: id,
  version,
  position: 0,
  fact: INCIDENT_FACTS[action],
  action,
  team: null,
  callSign: null,
  occurredAt: at,
  recordedAt: now,
  reason,
  note,
  derived,
  flags: [],
  externalId: null,
  about: { incident: other },
});
