import { type PointState, type Visit, type VisitFlag, type VisitPhase, toMs } from '@app/shared';

export const VISIT_CHOICES = ['all', 'flagged', 'contested'] as const;
export type VisitChoice = (typeof VISIT_CHOICES)[number];

/** What waits for somebody stands first, what is done or still far off last. */
const RANK = { missed: 1, refused: 1, there: 2, owed: 3, done: 5, ahead: 6 } as const satisfies Record<
  VisitPhase,
  number
>;

const isContested = ({ contest }: Visit): boolean => contest?.state === 'open';
const isFlagged = (visit: Visit): boolean => {
  const { phase } = visit;
  return phase === 'missed' || phase === 'refused' || flagsOf(visit).length > 0;
};

function rankOf(visit: Visit): number {
  if (isContested(visit)) return 0;
  return visit.isCredited && isFlagged(visit) ? 4 : RANK[visit.phase];
}

export interface VisitFilter {
  readonly choice: VisitChoice;
  /** Part of a call sign or of a place's name in any language; empty: all. */
  readonly words: string;
}

/** Visits of a choice in the order in which somebody should look at them; within it by their hours. */
export function visitRows(visits: readonly Visit[], { choice, words }: VisitFilter): Visit[] {
  const sought = words.trim().toLowerCase();
  const isSought = ({ callSign, names: { hans, hant, en } }: Visit) =>
    sought === '' || [callSign, hans, hant, en].some((name) => name.toLowerCase().includes(sought));
  const wanted = { all: () => true, flagged: isFlagged, contested: isContested }[choice];
  return visits
    .filter((visit) => wanted(visit) && isSought(visit))
    .sort(
      (a, b) =>
        rankOf(a) - rankOf(b) ||
        toMs(a.windowTo) - toMs(b.windowTo) ||
        (a.callSign < b.callSign ? -1 : a.callSign > b.callSign ? 1 : 0),
    );
}

/** What is to be said of a visit: nothing is too short while it goes on. */
export const flagsOf = ({ phase, flags }: Visit): readonly VisitFlag[] =>
  phase === 'there' ? flags.filter((flag) => flag !== 'short' && flag !== 'alone') : flags;

/** The mark of one visit: as its checkpoint's where it were the only one. */
export function markOf({ phase, flags, isCredited }: Visit): PointState {
  if (isCredited) return flags.includes('late') ? 'late' : 'done';
  return phase === 'refused' ? 'missed' : phase;
}
