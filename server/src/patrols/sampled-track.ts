// A track at every fifth second of the clock, in flat arrays: what ways are compared by. In: fixes in order of time.
// Out: places, speeds, and which places in motion lie in a cell. Never: a place in a silence.
import { METRES_PER_DEGREE } from '@app/shared';
import type { TrackFix } from './stays.js';

// Locals: in the realm of a test runner every look at a global costs more than the arithmetic.
const { ceil, cos, floor, min, PI, sqrt } = Math;

export const STEP_MS = 5_000;
/** A receiver that tells less often than this has no place in between. */
const BRIDGED_MS = 40_000;
/** Slower than this nobody is under way, m/s. */
const MOVING_MS = 0.6;
/** Degrees of a cell: at least 20 m each way below 75° of latitude. */
const CELL_LNG = 0.0008;
const CELL_LAT = 0.0002;
const ROWS = 2 ** 21;
const NONE = -1;

/** Samples by their number, in order of time; `at` in ms since 1970, speeds since the step before. */
export interface SampledTrack {
  readonly count: number;
  readonly at: Float64Array;
  readonly lng: Float64Array;
  readonly lat: Float64Array;
  readonly speedMs: Float64Array;
  /** The last sample in motion in each cell, and by sample the one before it in the same cell. */
  readonly lastIn: ReadonlyMap<number, number>;
  readonly before: Int32Array;
}

const sampledOf = new WeakMap<readonly TrackFix[], SampledTrack>();

/** Each track is sampled once, however often it is looked at. */
export function sampled(fixes: readonly TrackFix[]): SampledTrack {
  let track = sampledOf.get(fixes);
  if (!track) sampledOf.set(fixes, (track = sample(fixes)));
  return track;
}

/** Metres of a degree to the east at a latitude. */
export const metresEast = (lat: number): number => METRES_PER_DEGREE * cos((lat * PI) / 180);

function sample(fixes: readonly TrackFix[]): SampledTrack {
  const [first, last] = [fixes[0], fixes.at(-1)];
  const most = first && last ? min((last.at - first.at) / STEP_MS, fixes.length * (BRIDGED_MS / STEP_MS)) : 0;
  const size = floor(most) + 2;
  const [at, lng, lat, speedMs] = [0, 0, 0, 0].map(() => new Float64Array(size)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const perLng = metresEast(first?.lat ?? 0);
  let count = 0;
  for (let i = 1; i < fixes.length; i++) {
    const [a, b] = [fixes[i - 1], fixes[i]];
    if (!a || !b || b.at <= a.at || b.at - a.at > BRIDGED_MS) continue;
    for (let t = ceil(a.at / STEP_MS) * STEP_MS; t <= b.at; t += STEP_MS) {
      const told = count > 0 ? (at[count - 1] ?? 0) : -Infinity;
      if (told >= t) continue;
      const part = (t - a.at) / (b.at - a.at);
      at[count] = t;
      lng[count] = a.lng + (b.lng - a.lng) * part;
      lat[count] = a.lat + (b.lat - a.lat) * part;
      if (t - told === STEP_MS) {
        const east = ((lng[count] ?? 0) - (lng[count - 1] ?? 0)) * perLng;
        const north = ((lat[count] ?? 0) - (lat[count - 1] ?? 0)) * METRES_PER_DEGREE;
        speedMs[count] = sqrt(east * east + north * north) / (STEP_MS / 1000);
      }
      count++;
    }
  }
  return { count, at, lng, lat, speedMs, ...sorted({ count, lng, lat, speedMs }) };
}

const cell = (column: number, row: number): number => column * ROWS + row;
const column = (lng: number): number => floor(lng / CELL_LNG);
const row = (lat: number): number => floor(lat / CELL_LAT);

function sorted({ count, lng, lat, speedMs }: Pick<SampledTrack, 'count' | 'lng' | 'lat' | 'speedMs'>) {
  const lastIn = new Map<number, number>();
  const before = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    if ((speedMs[i] ?? 0) < MOVING_MS) continue;
    const key = cell(column(lng[i] ?? 0), row(lat[i] ?? 0));
    before[i] = lastIn.get(key) ?? NONE;
    lastIn.set(key, i);
  }
  return { lastIn, before };
}

/** Calls back with every sample in motion in the cells around a place. */
export function eachPassing(
  { lastIn, before }: SampledTrack,
  { lng, lat }: Pick<TrackFix, 'lng' | 'lat'>,
  take: (sample: number) => void,
): void {
  const [east, north] = [column(lng), row(lat)];
  for (let x = east - 1; x <= east + 1; x++)
    for (let y = north - 1; y <= north + 1; y++)
      for (let i = lastIn.get(cell(x, y)) ?? NONE; i !== NONE; i = before[i] ?? NONE) take(i);
}

/** The first sample not before an instant. */
export function firstFrom({ at, count }: SampledTrack, ms: number): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((at[middle] ?? 0) < ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The samples in motion within a span, both ends included. */
export function movingIn(track: SampledTrack, from: number, to: number): number[] {
  const moving: number[] = [];
  for (let i = firstFrom(track, from); i < track.count && (track.at[i] ?? 0) <= to; i++)
    if ((track.speedMs[i] ?? 0) >= MOVING_MS) moving.push(i);
  return moving;
}

export interface Likeness {
  readonly lagMs: number;
  readonly nearM: number;
  /** The part of the samples for which it must hold. */
  readonly share: number;
}

/** Whether another track was near so large a part of some samples, so much earlier; given up once it cannot be. */
export function isAlike(
  track: SampledTrack,
  samples: readonly number[],
  other: SampledTrack,
  { lagMs, nearM, share }: Likeness,
): boolean {
  const perLng = metresEast(track.lat[samples[0] ?? 0] ?? 0);
  let strange = floor((1 - share) * samples.length + 1e-9);
  let i = firstFrom(other, (track.at[samples[0] ?? 0] ?? 0) - lagMs - STEP_MS + 1);
  for (const sample of samples) {
    const t = (track.at[sample] ?? 0) - lagMs;
    while (i + 1 < other.count && (other.at[i + 1] ?? 0) <= t) i++;
    if (!isNearAt(track, sample, { other, i, t, perLng, nearM }) && --strange < 0) return false;
  }
  return true;
}

interface At {
  readonly other: SampledTrack;
  /** The last sample of the other not after `t`. */
  readonly i: number;
  readonly t: number;
  readonly perLng: number;
  readonly nearM: number;
}

function isNearAt({ lng, lat }: SampledTrack, sample: number, { other, i, t, perLng, nearM }: At): boolean {
  const since = t - (other.at[i] ?? Infinity);
  if (since < 0 || since >= STEP_MS) return false;
  const hasNext = i + 1 < other.count && (other.at[i + 1] ?? 0) - (other.at[i] ?? 0) === STEP_MS;
  const part = hasNext ? since / STEP_MS : 0;
  const [lngA, latA] = [other.lng[i] ?? 0, other.lat[i] ?? 0];
  const north = (lat[sample] ?? 0) - latA - part * ((other.lat[i + 1] ?? 0) - latA);
  const northM = north * METRES_PER_DEGREE;
  if (northM > nearM || northM < -nearM) return false;
  const east = (lng[sample] ?? 0) - lngA - part * ((other.lng[i + 1] ?? 0) - lngA);
  const eastM = east * perLng;
  return eastM * eastM + northM * northM <= nearM * nearM;
}
