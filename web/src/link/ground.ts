import {
  Beat,
  Checkpoint,
  pageOf,
  Visit,
  type VisitAction,
  VisitBoard,
  VisitCoverage,
  type VisitStep,
} from '@app/shared';
import { ask } from './http.js';

const Beats = pageOf(Beat);
const Checkpoints = pageOf(Checkpoint);

/** What is patrolled: beats, and the places in them. */
export interface Ground {
  readonly beats: readonly Beat[];
  readonly points: readonly Checkpoint[];
}

/** Of a centre and all below it. @throws HttpFault */
export async function fetchGround(centre: string, signal: AbortSignal): Promise<Ground> {
  const [beats, points] = await Promise.all([
    ask(`/api/beats?centre=${centre}`, Beats, { signal }),
    ask(`/api/checkpoints?centre=${centre}`, Checkpoints, { signal }),
  ]);
  return { beats: beats.items, points: points.items };
}

/** Instants of the wire; without them: of the shifts that are on. */
export interface VisitSpan {
  readonly centre: string;
  readonly from?: string;
  readonly to?: string;
}

/** @throws HttpFault */
export const fetchVisits = (span: VisitSpan, signal: AbortSignal): Promise<VisitBoard> =>
  ask(`/api/visits?${new URLSearchParams({ ...span })}`, VisitBoard, { signal });

/** @throws HttpFault `visit.stale` and others */
export const stepVisit = (id: string, action: VisitAction, body: VisitStep): Promise<Visit> =>
  ask(`/api/visits/${id}/${action}`, Visit, { method: 'POST', body });

/** What a wall may show of the shifts that are on. @throws HttpFault */
export const fetchCoverage = (centre: string, signal: AbortSignal): Promise<VisitCoverage> =>
  ask(`/api/visits/coverage?centre=${centre}`, VisitCoverage, { signal });
