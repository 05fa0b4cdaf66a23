import {
  bboxOf,
  bearingDeg,
  type Beat,
  type Checkpoint,
  type Id,
  isInRing,
  type LngLat,
  type VisitPlan,
} from '@app/shared';
import { hashOf, type Random } from './random.js';
import type { RoadGraph } from './road-graph.js';

/** A visit that a crew still owes. Its window in ms since 1970. */
export interface OwedStop {
  readonly id: Id;
  readonly place: LngLat;
  readonly dwellS: number;
  readonly from: number;
  readonly to: number;
}

/** The part of a window in which a crew sets out: what comes later could come too late. */
const EARLY_SHARE = 0.6;
/** Crews forget, or something comes between. */
const FORGOTTEN_SHARE = 0.05;

/** In [0, 1), its own for each visit and the same whenever it is asked for. */
const drawOf = (id: Id, what: string): number => hashOf(what + id) / 2 ** 32;

/** When a crew means to set out: early in the window, each time at another moment. */
const meantAt = ({ id, from, to }: OwedStop): number => from + EARLY_SHARE * drawOf(id, 'when') * (to - from);

/** The visit that a crew sets out for now: of those that are due the one whose window ends first. */
export function nextStop(
  owed: readonly OwedStop[],
  made: ReadonlySet<Id>,
  now: number,
): OwedStop | undefined {
  let next: OwedStop | undefined;
  for (const stop of owed) {
    if (made.has(stop.id) || now >= stop.to || meantAt(stop) > now) continue;
    if (drawOf(stop.id, 'forgotten') < FORGOTTEN_SHARE) continue;
    if (!next || stop.to < next.to || (stop.to === next.to && meantAt(stop) < meantAt(next))) next = stop;
  }
  return next;
}

const STOPS = 6;
const NOWHERE = [1, 1, 0, 0] as const;

/** Where a crew drives between its visits: crossings of its beats, else its checkpoints, in order around their middle. */
export function stopsOf(
  plan: Pick<VisitPlan, 'beats' | 'checkpoints'>,
  { beats, checkpoints }: { beats: readonly Beat[]; checkpoints: readonly Checkpoint[] },
  graph: RoadGraph,
  random: Random,
): LngLat[] {
  const own = beats.filter(({ id }) => plan.beats.includes(id)).flatMap(({ polygon }) => polygon.coordinates);
  const boxes = own.map((ring) => ({ ring, box: bboxOf(ring) }));
  const isOwn = ([lng, lat]: LngLat) =>
    boxes.some(
      ({ ring, box: [west, south, east, north] = NOWHERE }) =>
        lng >= west && lng <= east && lat >= south && lat <= north && isInRing(lng, lat, ring),
    );
  const crossings = graph.places.filter((place, i) => (graph.arcs[i]?.length ?? 0) > 2 && isOwn(place));
  const named = checkpoints.filter(
    ({ id, beat }) => plan.checkpoints.includes(id) || plan.beats.includes(beat ?? ''),
  );
  const places = crossings.length > 0 ? crossings : named.map(({ lng, lat }): LngLat => [lng, lat]);
  if (places.length === 0) return [];
  const picked = [...new Set(Array.from({ length: STOPS }, () => random.pick(places)))];
  const middle: LngLat = [mean(picked.map(([lng]) => lng)), mean(picked.map(([, lat]) => lat))];
  return picked.sort((a, b) => bearingDeg(middle, a) - bearingDeg(middle, b));
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
