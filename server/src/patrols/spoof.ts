// Why a device's stay at a checkpoint is not believed. In: its fixes, and what it told on days before. Out: the first
// reason, or none. Nothing here judges a person: whoever is refused may contest it, and a person decides.
import { distanceM, type LngLat, METRES_PER_DEGREE, type Mode, type VisitRefusal } from '@app/shared';
import {
  eachPassing,
  firstFrom,
  isAlike,
  metresEast,
  movingIn,
  type SampledTrack,
  sampled,
  STEP_MS,
} from './sampled-track.js';
import { firstThat, ROUGHLY, type Stay, type TrackFix } from './stays.js';

// Locals: in the realm of a test runner every look at a global costs more than the arithmetic.
const { abs } = Math;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Faster than this between two fixes and the device was not the same one all along, km/h. */
const TOP_KMH = { vehicle: 200, motorcycle: 200, foot: 40, drone: 160, video: 200 } as const satisfies Record<
  Mode,
  number
>;
const JUMP_M = 150;

/** A device that lies still looks at this much before and after a stay, and needs so much of it to be known. */
const STILL_AROUND_MS = HOUR_MS;
const STILL_LEAST_MS = 40 * MINUTE_MS;
const STILL_M = 60;
const STILL_SHARE = 0.98;
/** Of more places than may be strange one is not. */
const STILL_STRIDE = 40;

/** How far back a way is compared with itself, with others and with days before. */
export const WAY_MS = 30 * MINUTE_MS;
const LEAST_SPAN_MS = 12 * MINUTE_MS;
const LEAST_MOVING = 48;
/**
 * The same way at the same pace: so near, for this part of the moving time. Noise on top of a recording stays within it;
 * a crew whose plan repeats drifts apart by a second or two at each wait, which is farther.
 */
const SAME_M = 6;
const SAME_SHARE = 0.85;
const LEAST_LAG_MS = 3 * MINUTE_MS;
const DAY_LAG_MS = 12 * HOUR_MS;
const ANCHORS = 24;
/** Where a way is looked for again: as far as a car goes in half a step. */
const ANCHOR_M = 20;
const LAGS = 4;
/** Two devices that travel together all the time. */
const POCKET_M = 15;
const POCKET_SHARE = 0.9;

/** A pace that no driver and nobody on foot holds: spread over mean of the speeds of the moving steps. */
const CONSTANT_WAY_MS = 15 * MINUTE_MS;
const CONSTANT_SPREAD = 0.045;
const CONSTANT_STEPS = 30;

export interface Suspect {
  /** The device's fixes of the shift, in order of time. */
  readonly fixes: readonly TrackFix[];
  /** What it told on days before around the same hours; in order of time. */
  readonly before: readonly TrackFix[];
  readonly mode: Mode;
}

/** Why a stay is not believed; null: nothing speaks against it. */
export function refusalOf({ fixes, before, mode }: Suspect, stay: Stay): VisitRefusal | null {
  if (hasJumped(fixes, stay, TOP_KMH[mode])) return 'teleport';
  if (liesStill(fixes, stay)) return 'still';
  const track = sampled(fixes);
  if (isConstant(track, stay)) return 'constant';
  const moving = movingIn(track, stay.from - WAY_MS, stay.to);
  if (!isEnough(track, moving)) return null;
  if (repeats(track, moving, { told: track, leastLagMs: LEAST_LAG_MS })) return 'loop';
  if (repeats(track, moving, { told: sampled(before), leastLagMs: DAY_LAG_MS })) return 'replay';
  return null;
}

/** Whether two devices travelled as one for so long before a stay that they lie in one pocket. */
export function isOnePocket(one: readonly TrackFix[], other: readonly TrackFix[], stay: Stay): boolean {
  const [track, second] = [sampled(one), sampled(other)];
  const moving = movingIn(track, stay.from - WAY_MS, stay.to).filter((i) => isTold(second, track.at[i] ?? 0));
  if (!isEnough(track, moving)) return false;
  return isAlike(track, moving, second, { lagMs: 0, nearM: POCKET_M, share: POCKET_SHARE });
}

/** Whether a track has a place at an instant. */
function isTold(track: SampledTrack, ms: number): boolean {
  const i = firstFrom(track, ms - STEP_MS + 1);
  return i < track.count && (track.at[i] ?? Infinity) <= ms;
}

/** Whether a way says enough to be known again. */
function isEnough({ at }: SampledTrack, moving: readonly number[]): boolean {
  const spanMs = (at[moving.at(-1) ?? 0] ?? 0) - (at[moving[0] ?? 0] ?? 0);
  return moving.length >= LEAST_MOVING && spanMs >= LEAST_SPAN_MS;
}

/** Whether the device came or went faster than anything on the street. */
function hasJumped(fixes: readonly TrackFix[], { from, to }: Stay, topKmh: number): boolean {
  const first = firstThat(fixes, (at) => at >= from);
  const after = firstThat(fixes, (at) => at > to);
  return [first, after].some((index) => {
    const [a, b] = [fixes[index - 1], fixes[index]];
    if (!a || !b) return false;
    const metres = apart(a, b);
    return metres > JUMP_M && metres / ((b.at - a.at) / 1000) > topKmh / 3.6;
  });
}

/** Whether it was in one place long before and long after: it never came, so nobody brought it. */
function liesStill(fixes: readonly TrackFix[], { from, to }: Stay): boolean {
  const around = between(fixes, from - STILL_AROUND_MS, to + STILL_AROUND_MS);
  if (spanOf(around) < STILL_LEAST_MS || isClearlyMoving(around)) return false;
  const middle = {
    at: 0,
    lng: median(around.map(({ lng }) => lng)),
    lat: median(around.map(({ lat }) => lat)),
  };
  // Whoever moves is known by the first few places: the others need not be measured.
  let strange = around.length * (1 - STILL_SHARE) + 1e-9;
  for (const fix of around) if (apart(fix, middle) > STILL_M && --strange < 0) return false;
  return true;
}

/**
 * Whether it cannot have lain still, without a look at all: of every fortieth place one at least would be in its
 * place, and so near that one nearly all the others.
 */
function isClearlyMoving(fixes: readonly TrackFix[]): boolean {
  const most = fixes.length * (1 - STILL_SHARE) + 1e-9;
  const north = (ROUGHLY * 2 * STILL_M) / METRES_PER_DEGREE;
  const east = (ROUGHLY * 2 * STILL_M) / metresEast(fixes[0]?.lat ?? 0);
  const isFarFromMost = (one: TrackFix) => {
    let far = 0;
    for (const { lng, lat } of fixes)
      if ((abs(lat - one.lat) > north || abs(lng - one.lng) > east) && ++far > most) return true;
    return false;
  };
  return fixes.every((fix, i) => i % STILL_STRIDE > 0 || isFarFromMost(fix));
}

/** Whether the way here was driven at one speed; the steps at which a wait begins or ends are left out. */
function isConstant(track: SampledTrack, { from }: Stay): boolean {
  const moving = new Set(movingIn(track, from - CONSTANT_WAY_MS - STEP_MS, from + STEP_MS));
  const speeds: number[] = [];
  for (const i of moving) {
    const at = track.at[i] ?? 0;
    const isRecent = at >= from - CONSTANT_WAY_MS && at <= from;
    if (isRecent && moving.has(i - 1) && moving.has(i + 1)) speeds.push(track.speedMs[i] ?? 0);
  }
  if (speeds.length < CONSTANT_STEPS) return false;
  const mean = speeds.reduce((sum, speed) => sum + speed, 0) / speeds.length;
  const spread = Math.sqrt(speeds.reduce((sum, speed) => sum + (speed - mean) ** 2, 0) / speeds.length);
  return spread < CONSTANT_SPREAD * mean;
}

interface Compared {
  readonly told: SampledTrack;
  readonly leastLagMs: number;
}

/** Whether a way is one told before, at the same pace, so much earlier; waits do not count, everybody waits. */
function repeats(track: SampledTrack, moving: readonly number[], { told, leastLagMs }: Compared): boolean {
  for (const lag of likelyLags(track, moving, { told, leastLagMs }))
    for (let lagMs = lag - STEP_MS; lagMs <= lag + STEP_MS; lagMs += 1000)
      if (lagMs >= leastLagMs && isAlike(track, moving, told, { lagMs, nearM: SAME_M, share: SAME_SHARE }))
        return true;
  return false;
}

/** The lags by which most of some anchors on a way were passed before. */
function likelyLags(
  track: SampledTrack,
  moving: readonly number[],
  { told, leastLagMs }: Compared,
): number[] {
  const votes = new Map<number, number>();
  const stride = Math.max(1, Math.floor(moving.length / ANCHORS));
  for (let k = 0; k < moving.length; k += stride) {
    const anchor = moving[k] ?? 0;
    const [at, lng, lat] = [track.at[anchor] ?? 0, track.lng[anchor] ?? 0, track.lat[anchor] ?? 0];
    const perLng = metresEast(lat);
    eachPassing(told, { lng, lat }, (past) => {
      const sinceMs = at - (told.at[past] ?? 0);
      if (sinceMs < leastLagMs) return;
      const eastM = (lng - (told.lng[past] ?? 0)) * perLng;
      const northM = (lat - (told.lat[past] ?? 0)) * METRES_PER_DEGREE;
      if (eastM * eastM + northM * northM > ANCHOR_M * ANCHOR_M) return;
      const lag = Math.round(sinceMs / STEP_MS) * STEP_MS;
      votes.set(lag, (votes.get(lag) ?? 0) + 1);
    });
  }
  return [...votes]
    .filter(([, count]) => count >= 4)
    .sort((a, b) => b[1] - a[1])
    .slice(0, LAGS)
    .map(([lag]) => lag);
}

const placeOf = ({ lng, lat }: TrackFix): LngLat => [lng, lat];
const apart = (a: TrackFix, b: TrackFix): number => distanceM(placeOf(a), placeOf(b));

/** Of fixes in order of time those within a span, both ends included. */
const between = (fixes: readonly TrackFix[], from: number, to: number): readonly TrackFix[] =>
  fixes.slice(
    firstThat(fixes, (at) => at >= from),
    firstThat(fixes, (at) => at > to),
  );

const spanOf = (fixes: readonly TrackFix[]): number => (fixes.at(-1)?.at ?? 0) - (fixes[0]?.at ?? 0);

function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[sorted.length >> 1] ?? NaN;
}
