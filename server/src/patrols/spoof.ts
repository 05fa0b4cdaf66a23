// Why a device's stay at a checkpoint is not believed. In: its fixes, and what it told on days before. Out: the first
// reason, or none. Nothing here judges a person: whoever is refused may contest it, and a person decides.
import { distanceM, type LngLat, type Mode, type VisitRefusal } from '@app/shared';
import type { Stay, TrackFix } from './stays.js';

const MINUTE_MS = 60_000;
const STEP_MS = 5_000;
/** A receiver that tells less often than this has no place in between. */
const BRIDGED_MS = 40_000;

/** Faster than this between two fixes and the device was not the same one all along, km/h. */
const TOP_KMH = { vehicle: 200, motorcycle: 200, foot: 40, drone: 160, video: 200 } as const satisfies Record<
  Mode,
  number
>;
const JUMP_M = 150;

/** A device that lies still looks at this much before and after a stay, and needs so much of it to be known. */
const STILL_AROUND_MS = 60 * MINUTE_MS;
const STILL_LEAST_MS = 40 * MINUTE_MS;
const STILL_M = 60;
const STILL_SHARE = 0.98;

/** How far back a way is compared with itself, with others and with days before. */
const WAY_MS = 30 * MINUTE_MS;
const LEAST_SPAN_MS = 12 * MINUTE_MS;
const LEAST_MOVING = 48;
const MOVING_MS = 0.6;
/** The same way at the same pace: so near, for this part of the moving time. */
const SAME_M = 10;
const SAME_SHARE = 0.8;
const LEAST_LAG_MS = 3 * MINUTE_MS;
const ANCHORS = 24;
const LAGS = 4;
/** Two devices that travel together all the time. */
const POCKET_M = 15;
const POCKET_SHARE = 0.9;

/** A pace that no driver and nobody on foot holds: spread over mean of the speeds of the moving steps. */
const CONSTANT_WAY_MS = 15 * MINUTE_MS;
const CONSTANT_SPREAD = 0.045;
const CONSTANT_STEPS = 30;

interface Sample extends TrackFix {
  readonly speedMs: number;
}

export interface Suspect {
  /** The device's fixes of the shift, in order of time. */
  readonly fixes: readonly TrackFix[];
  /** What it told on days before around the same hours; in order of time. */
  readonly before: readonly TrackFix[];
  readonly mode: Mode;
}

/** Why a stay is not believed; null: nothing speaks against it. */
export function refusalOf(suspect: Suspect, stay: Stay): VisitRefusal | null {
  const { fixes, before, mode } = suspect;
  if (hasJumped(fixes, stay, TOP_KMH[mode])) return 'teleport';
  if (liesStill(fixes, stay)) return 'still';
  const way = sampled(between(fixes, stay.from - WAY_MS, stay.to));
  if (isConstant(way, stay)) return 'constant';
  if (repeats(way, sampled(between(fixes, 0, stay.to)), LEAST_LAG_MS)) return 'loop';
  if (repeats(way, sampled(before), 12 * 60 * MINUTE_MS)) return 'replay';
  return null;
}

/** Whether two devices travelled as one for so long before a stay that they lie in one pocket. */
export function isOnePocket(one: readonly TrackFix[], other: readonly TrackFix[], stay: Stay): boolean {
  const [a, b] = [one, other].map((fixes) => sampled(between(fixes, stay.from - WAY_MS, stay.to)));
  if (!a || !b) return false;
  const moving = a.filter((sample) => sample.speedMs >= MOVING_MS && indexAt(b, sample.at) >= 0);
  if (moving.length < LEAST_MOVING || spanOf(moving) < LEAST_SPAN_MS) return false;
  return shareNear(moving, b, 0, POCKET_M) >= POCKET_SHARE;
}

/** Whether the device came or went faster than anything on the street. */
function hasJumped(fixes: readonly TrackFix[], { from, to }: Stay, topKmh: number): boolean {
  const first = fixes.findIndex(({ at }) => at >= from);
  const after = fixes.findIndex(({ at }) => at > to);
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
  if (spanOf(around) < STILL_LEAST_MS) return false;
  const middle = {
    at: 0,
    lng: median(around.map(({ lng }) => lng)),
    lat: median(around.map(({ lat }) => lat)),
  };
  return around.filter((fix) => apart(fix, middle) <= STILL_M).length >= STILL_SHARE * around.length;
}

/** Whether the way here was driven at one speed; the steps at which a wait begins or ends are left out. */
function isConstant(way: readonly Sample[], { from }: Stay): boolean {
  const moves = (sample: Sample | undefined) => sample !== undefined && sample.speedMs >= MOVING_MS;
  const speeds = way
    .filter((sample, i) => {
      const isRecent = sample.at >= from - CONSTANT_WAY_MS && sample.at <= from;
      return isRecent && moves(way[i - 1]) && moves(sample) && moves(way[i + 1]);
    })
    .map(({ speedMs }) => speedMs);
  if (speeds.length < CONSTANT_STEPS) return false;
  const mean = speeds.reduce((sum, speed) => sum + speed, 0) / speeds.length;
  const spread = Math.sqrt(speeds.reduce((sum, speed) => sum + (speed - mean) ** 2, 0) / speeds.length);
  return spread < CONSTANT_SPREAD * mean;
}

/** Whether a way is one told before, at the same pace, so much earlier; waits do not count, everybody waits. */
function repeats(way: readonly Sample[], told: readonly Sample[], leastLagMs: number): boolean {
  const moving = way.filter(({ speedMs }) => speedMs >= MOVING_MS);
  if (moving.length < LEAST_MOVING || spanOf(moving) < LEAST_SPAN_MS) return false;
  for (const lag of likelyLags(moving, told, leastLagMs))
    for (let fine = lag - STEP_MS; fine <= lag + STEP_MS; fine += 1000)
      if (fine >= leastLagMs && shareNear(moving, told, fine, SAME_M) >= SAME_SHARE) return true;
  return false;
}

/** The lags by which most of some anchors on a way were passed before. */
function likelyLags(moving: readonly Sample[], told: readonly Sample[], leastLagMs: number): number[] {
  const votes = new Map<number, number>();
  const stride = Math.max(1, Math.floor(moving.length / ANCHORS));
  for (let i = 0; i < moving.length; i += stride) {
    const anchor = moving[i];
    if (!anchor) continue;
    for (const past of told) {
      if (anchor.at - past.at < leastLagMs) break;
      if (past.speedMs < MOVING_MS || !isNear(anchor, past, 2 * SAME_M)) continue;
      const lag = Math.round((anchor.at - past.at) / STEP_MS) * STEP_MS;
      votes.set(lag, (votes.get(lag) ?? 0) + 1);
    }
  }
  return [...votes]
    .filter(([, count]) => count >= 4)
    .sort((a, b) => b[1] - a[1])
    .slice(0, LAGS)
    .map(([lag]) => lag);
}

/** The part of samples that another track was near, so much earlier. */
function shareNear(
  samples: readonly Sample[],
  other: readonly Sample[],
  lagMs: number,
  nearM: number,
): number {
  let near = 0;
  for (const sample of samples) {
    const past = placeAt(other, sample.at - lagMs);
    if (past && isNear(sample, past, nearM)) near++;
  }
  return near / samples.length;
}

/** A track at every fifth second of the clock, with the speed since the step before; silences stay silent. */
function sampled(fixes: readonly TrackFix[]): Sample[] {
  const samples: Sample[] = [];
  for (let i = 1; i < fixes.length; i++) {
    const [a, b] = [fixes[i - 1], fixes[i]];
    if (!a || !b || b.at <= a.at || b.at - a.at > BRIDGED_MS) continue;
    for (let at = Math.ceil(a.at / STEP_MS) * STEP_MS; at <= b.at; at += STEP_MS) {
      const last = samples.at(-1);
      if (last && last.at >= at) continue;
      const place = mix(a, b, (at - a.at) / (b.at - a.at), at);
      const isNext = last !== undefined && at - last.at === STEP_MS;
      samples.push({ ...place, speedMs: isNext ? apart(last, place) / (STEP_MS / 1000) : 0 });
    }
  }
  return samples;
}

/** The sample at or right before an instant; −1 where the track is silent there. */
function indexAt(samples: readonly Sample[], at: number): number {
  let [low, high] = [0, samples.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((samples[middle]?.at ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  const found = samples[low];
  return found && found.at <= at && at - found.at < STEP_MS ? low : -1;
}

function placeAt(samples: readonly Sample[], at: number): TrackFix | undefined {
  const index = indexAt(samples, at);
  const [a, b] = [samples[index], samples[index + 1]];
  if (!a) return undefined;
  return b && b.at - a.at === STEP_MS ? mix(a, b, (at - a.at) / STEP_MS, at) : a;
}

const mix = (a: TrackFix, b: TrackFix, part: number, at: number): TrackFix => ({
  at,
  lng: a.lng + (b.lng - a.lng) * part,
  lat: a.lat + (b.lat - a.lat) * part,
});

const placeOf = ({ lng, lat }: TrackFix): LngLat => [lng, lat];
const apart = (a: TrackFix, b: TrackFix): number => distanceM(placeOf(a), placeOf(b));
/** A box first: the great circle is dear in the inner loop. */
const isNear = (a: TrackFix, b: TrackFix, metres: number): boolean =>
  Math.abs(a.lat - b.lat) * 111_000 <= metres && apart(a, b) <= metres;

const between = (fixes: readonly TrackFix[], from: number, to: number): readonly TrackFix[] =>
  fixes.filter(({ at }) => at >= from && at <= to);

const spanOf = (fixes: readonly TrackFix[]): number => (fixes.at(-1)?.at ?? 0) - (fixes[0]?.at ?? 0);

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? NaN;
}
