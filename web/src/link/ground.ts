import {
  Beat,
  type BeatChange,
  type BeatDraft,
  Checkpoint,
  type CheckpointChange,
  type CheckpointDraft,
  FeaturesImported,
  type FeatureImport,
  pageOf,
  Visit,
  type VisitAction,
  VisitBoard,
  VisitCoverage,
  VisitPlan,
  type VisitPlanDraft,
  type VisitStep,
} from '@app/shared';
import { ask } from './http.js';

const Beats = pageOf(Beat);
const Checkpoints = pageOf(Checkpoint);
const Plans = pageOf(VisitPlan);

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

/** @throws HttpFault `patrol-ground.illegal` and others */
export const createBeat = (body: BeatDraft, key: string): Promise<Beat> =>
  ask('/api/beats', Beat, { method: 'POST', body, key });

/** @throws HttpFault `beat.stale` and others */
export const changeBeat = (id: string, body: BeatChange): Promise<Beat> =>
  ask(`/api/beats/${id}`, Beat, { method: 'PATCH', body });

export const createPoint = (body: CheckpointDraft, key: string): Promise<Checkpoint> =>
  ask('/api/checkpoints', Checkpoint, { method: 'POST', body, key });

/** @throws HttpFault `checkpoint.stale` and others */
export const changePoint = (id: string, body: CheckpointChange): Promise<Checkpoint> =>
  ask(`/api/checkpoints/${id}`, Checkpoint, { method: 'PATCH', body });

/** @throws HttpFault `patrol-ground.refused`, whose `features` say which ones and why */
export const importFeatures = (body: FeatureImport, key: string): Promise<FeaturesImported> =>
  ask('/api/patrol-features', FeaturesImported, { method: 'POST', body, key });

export const fetchPlans = async (centre: string, signal: AbortSignal): Promise<VisitPlan[]> =>
  (await ask(`/api/patrol-plans?centre=${centre}`, Plans, { signal })).items;

/** @throws HttpFault `visit-plan.stale` and others */
export const setPlan = (body: VisitPlanDraft): Promise<VisitPlan> =>
  ask('/api/patrol-plans', VisitPlan, { method: 'POST', body });

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
