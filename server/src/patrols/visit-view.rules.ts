import {
  type Coverage,
  type CoverageOf,
  type Coverages,
  type Force,
  POINT_STATES,
  type PointCover,
  type PointState,
  toInstant,
  type Visit,
  type VisitAction,
  type VisitCredit,
  type VisitPhase,
} from '@app/shared';
import { SILENCE_MS } from './stays.js';
import type { VisitRow } from './visit.repository.js';

/** A code alone is the weakest proof: whoever decides on it may find that nobody was there. */
const isTakenBack = ({ flags, contest }: VisitRow): boolean =>
  flags.includes('code-only') && contest?.state === 'dismissed';
const isCredited = (visit: VisitRow): boolean =>
  (visit.state === 'done' && !isTakenBack(visit)) || visit.contest?.state === 'upheld';

/** What there is to contest: a visit that is not credited, or not without a flag; once. */
export const isContestable = ({ state, flags, contest }: VisitRow): boolean =>
  contest === null && (state === 'missed' || state === 'refused' || flags.length > 0);

/** Where a visit stands at `now`: a stay that goes on has its last fix within the silence that a stay bears. */
function phaseOf(visit: VisitRow, now: number): VisitPhase {
  const { state, windowFrom, leftAt } = visit;
  if (isTakenBack(visit)) return 'missed';
  if (state !== 'due') return state;
  if (leftAt !== null && now - leftAt <= SILENCE_MS) return 'there';
  return now < windowFrom ? 'ahead' : 'owed';
}

function creditOf(visit: VisitRow): VisitCredit | null {
  if (isTakenBack(visit)) return null;
  if (visit.state === 'done' && visit.proof === 'code') return 'code';
  if (visit.state === 'done') return visit.terms.forces.length > 0 ? 'together' : 'stay';
  return isCredited(visit) ? 'contest' : null;
}

interface SeenBy {
  readonly callSign: string;
  readonly actions: VisitAction[];
  readonly now: number;
}

export function visitView(visit: VisitRow, { callSign, actions, now }: SeenBy): Visit {
  const {
    windowFrom,
    windowTo,
    terms,
    cameAt,
    leftAt,
    stayedS: _stayedS,
    contest,
    flags,
    forces,
    names,
    ...row
  } = visit;
  const { round: _round, place: _place, proof: _proof, ...kept } = row;
  return {
    ...kept,
    names,
    name: names.hans,
    callSign,
    windowFrom: toInstant(windowFrom),
    windowTo: toInstant(windowTo),
    dwellS: terms.dwellS,
    wanted: [...terms.forces],
    forces: [...forces],
    flags: [...flags],
    from: cameAt === null ? null : toInstant(cameAt),
    to: leftAt === null ? null : toInstant(leftAt),
    contest: contest && {
      state: contest.state,
      note: contest.note,
      ...(contest.erased ? { erased: contest.erased } : {}),
      at: toInstant(contest.at),
      answer: contest.answer,
      answeredAt: contest.answeredAt === null ? null : toInstant(contest.answeredAt),
    },
    isCredited: isCredited(visit),
    phase: phaseOf(visit, now),
    credit: creditOf(visit),
    actions,
  };
}

export interface Counted {
  readonly visit: VisitRow;
  readonly callSign: string;
  /** The forces of the team. */
  readonly forces: readonly Force[];
}

/**
 * Coverage by beat, checkpoint, shift and force: of what is owed by now, how much was made. Never a distance. `sums`:
 * visits of which no place may be told.
 */
export function coverageOf(counted: readonly Counted[], sums: readonly Counted[], now: number): Coverages {
  const isOwed = ({ visit }: Counted) => visit.windowTo <= now || isCredited(visit);
  const placed = counted.filter(isOwed);
  const owed = [...placed, ...sums.filter(isOwed)];
  const by = (
    keyOf: (one: Counted) => readonly (readonly [string, string])[],
    { of = owed, made = isMade }: { of?: readonly Counted[]; made?: (one: Counted, id: string) => boolean },
  ): CoverageOf[] => {
    const groups = new Map<string, { id: string; label: string; owed: number; made: number }>();
    for (const one of of)
      for (const [id, label] of keyOf(one)) {
        const group = groups.get(id) ?? { id, label, owed: 0, made: 0 };
        groups.set(id, { ...group, owed: group.owed + 1, made: group.made + Number(made(one, id)) });
      }
    return [...groups.values()];
  };
  const all: Coverage = { owed: owed.length, made: owed.filter((one) => isMade(one)).length };
  return {
    all,
    beats: by(({ visit }) => (visit.beat === null ? [] : [[visit.beat, '']]), { of: placed }),
    checkpoints: by(({ visit }) => [[visit.checkpoint, visit.names.hans]], { of: placed }),
    shifts: by(({ visit, callSign }) => [[visit.shift, callSign]], {}),
    forces: by(
      ({ visit, forces }) => [...new Set([...forces, ...visit.terms.forces])].map((force) => [force, force]),
      {
        made: ({ visit }, force) =>
          visit.contest?.state === 'upheld' ||
          (isCredited(visit) && visit.forces.some((present) => present === force)),
      },
    ),
  };
}

const isMade = ({ visit }: Counted): boolean => isCredited(visit);

/** Checkpoints by how they stand over all of their visits, in the order of their first. */
export function pointsOf(visits: readonly VisitRow[], now: number): PointCover[] {
  const groups = new Map<string, VisitRow[]>();
  for (const visit of visits) groups.set(visit.checkpoint, [...(groups.get(visit.checkpoint) ?? []), visit]);
  return [...groups].map(([id, mine]) => {
    const states = mine.map((visit) => pointStateOf(visit, now));
    const made = mine.filter(({ state }) => state === 'done');
    const stayedMs = made.reduce((sum, visit) => sum + stayedMsOf(visit), 0);
    return {
      id,
      beat: mine[0]?.beat ?? null,
      state: POINT_STATES.find((state) => states.includes(state)) ?? 'ahead',
      owed: mine.filter((visit) => visit.windowTo <= now || isCredited(visit)).length,
      made: mine.filter(isCredited).length,
      visits: made.length,
      presentS: Math.round(stayedMs / 1000),
    };
  });
}

const stayedMsOf = ({ cameAt, leftAt, stayedS }: VisitRow): number =>
  1000 * (stayedS ?? 0) + (leftAt ?? 0) - (cameAt ?? 0);

function pointStateOf(visit: VisitRow, now: number): PointState {
  if (isCredited(visit)) return visit.flags.includes('late') ? 'late' : 'done';
  const phase = phaseOf(visit, now);
  return phase === 'refused' ? 'missed' : phase;
}
