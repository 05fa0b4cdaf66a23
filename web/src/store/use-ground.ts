import { BEATS_TOPIC, type PointCover, toMs, VISITS_TOPIC, type VisitCoverage } from '@app/shared';
import { fetchCoverage, fetchGround, type Ground } from '../link/ground.js';
import { type Fetched, useFetched } from '../link/use-fetched.js';
import { useGroundShown } from './ground-shown.js';
import { useHintMark } from './use-aside.js';
import { useWall } from './wall.store.js';

/** The server says when there is something new; this long a hint that was lost can cost. */
const GROUND_MS = 300_000;
const VISITS_MS = 60_000;

/** Beats and checkpoints of a centre and all below it; without a centre nothing is read. */
export const useGround = (centre: string | undefined): Fetched<Ground> => {
  const mark = useHintMark(BEATS_TOPIC);
  return useFetched({
    subject: centre,
    mark,
    everyMs: GROUND_MS,
    read: (signal) => fetchGround(centre ?? '', signal),
  });
};

/** Changes when visits have, or when a shift begins or ends. */
export function useVisitsMark(): string {
  const hint = useHintMark(VISITS_TOPIC);
  const shifts = useWall((wall) => wall.patrolShifts);
  return `${hint} ${[...shifts.values()].map(({ id, state }) => `${id}:${state}`).join()}`;
}

/** How the checkpoints of a centre stand over the shifts that are on; without a centre nothing is read. */
const useCoverage = (centre: string | undefined): Fetched<VisitCoverage> => {
  const mark = useVisitsMark();
  return useFetched({
    subject: centre,
    mark,
    everyMs: VISITS_MS,
    read: (signal) => fetchCoverage(centre ?? '', signal),
  });
};

const NONE: readonly PointCover[] = [];

/** `observedAt`: when it was so how the checkpoints stand (ms); null: not known. */
export interface GroundOnMap {
  readonly shown: { readonly ground: Ground; readonly covers: readonly PointCover[] } | undefined;
  readonly observedAt: number | null;
}

/** What the maps of a centre show of its ground, where this browser wants to see it. */
export function useShownGround(centre: string): GroundOnMap {
  const isShown = useGroundShown((choice) => choice.isShown);
  const subject = isShown ? centre : undefined;
  const { value: ground } = useGround(subject);
  const { value: coverage } = useCoverage(subject);
  return {
    shown: ground && { ground, covers: coverage?.points ?? NONE },
    observedAt: coverage ? toMs(coverage.at) : null,
  };
}
