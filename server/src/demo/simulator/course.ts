import { bearingDeg, distanceM, type LngLat } from '@app/shared';

// Locals: in the realm of a test runner every look at a global costs more than the arithmetic.
const { abs, max, min, sqrt } = Math;

/** One straight stretch of a way, whole. */
export interface Leg {
  readonly from: LngLat;
  readonly to: LngLat;
  readonly lengthM: number;
  readonly headingDeg: number;
  /** What the road allows; Infinity in the air. */
  readonly kmh: number;
  /** The nodes of the road's stretch; −1 in the air. */
  readonly nodes: readonly [number, number];
}

/** A way of at least one leg: it begins `alongM` metres into the first and ends `endM` into the last. */
export interface Way {
  readonly legs: readonly Leg[];
  readonly alongM: number;
  readonly endM: number;
}

export interface Pace {
  /** What the team makes at most, km/h, whatever the road allows. */
  readonly topKmh: number;
  /** Part of the allowed speed that this driver keeps. */
  readonly share: number;
}

/** A way under way: the place on it is `alongM` metres into leg `leg`. */
export interface Course extends Way {
  readonly leg: number;
  readonly speedMs: number;
  /** By leg: the speed on it, and the speed at its end that turns and stops ahead still allow; m/s. */
  readonly cruiseMs: Float64Array;
  readonly exitMs: Float64Array;
}

const UP_MS2 = 1.6;
const DOWN_MS2 = 2.2;
const FINE_STEP_S = 0.5;
/** Good enough where the past is drawn, one fix each half minute. */
const COARSE_STEP_S = 2;
/** Slower than this nobody creeps towards a stop. */
const CREEP_MS = 0.4;

export const isAtEnd = ({ legs, leg, alongM, endM }: Course): boolean =>
  leg >= legs.length - 1 && alongM >= endM;

/** Sets out on a way. Braking distances are settled here, from the end backwards: v² = u² + 2·a·d. */
export function setOut(way: Way, { topKmh, share }: Pace, speedMs = 0): Course {
  const { legs } = way;
  const cruiseMs = new Float64Array(legs.length);
  const exitMs = new Float64Array(legs.length);
  for (let i = legs.length - 1; i >= 0; i--) {
    const [here, next] = [legs[i], legs[i + 1]];
    if (!here) break;
    cruiseMs[i] = (min(here.kmh, topKmh) * share) / 3.6;
    if (!next) continue;
    const lengthM = i + 1 === legs.length - 1 ? way.endM : next.lengthM;
    const ahead = min(cruiseMs[i + 1] ?? 0, reachable(exitMs[i + 1] ?? 0, lengthM));
    exitMs[i] = min(ahead, turnMs(next.headingDeg - here.headingDeg, cruiseMs[i] ?? 0));
  }
  return { ...way, leg: 0, speedMs, cruiseMs, exitMs };
}

/** Where a course stands now, with the heading of its leg. */
export function placeOf({ legs, leg, alongM }: Course): { place: LngLat; headingDeg: number } {
  const here = legs[leg];
  if (!here) throw new RangeError(`course: a leg wanted, ${leg} of ${legs.length} seen`);
  const part = here.lengthM === 0 ? 0 : alongM / here.lengthM;
  const [[lngA, latA], [lngB, latB]] = [here.from, here.to];
  return { place: [lngA + (lngB - lngA) * part, latA + (latB - latA) * part], headingDeg: here.headingDeg };
}

/**
 * Moves along for some seconds: speeds up and brakes gently, slows before turns and stands at the end. `haste`: the
 * part of its cruising speed that it keeps meanwhile.
 */
export function advance(course: Course, seconds: number, haste = 1): Course {
  const { legs, endM, cruiseMs, exitMs } = course;
  const last = legs.length - 1;
  const stepS = seconds > 5 ? COARSE_STEP_S : FINE_STEP_S;
  let { leg, alongM, speedMs } = course;
  for (let rest = seconds; rest > 1e-9; rest -= stepS) {
    const dt = min(stepS, rest);
    const leftM = (leg === last ? endM : (legs[leg]?.lengthM ?? 0)) - alongM;
    const allowed = min(haste * (cruiseMs[leg] ?? 0), reachable(exitMs[leg] ?? 0, leftM));
    const change = max(-2 * DOWN_MS2 * dt, min(UP_MS2 * dt, allowed - speedMs));
    speedMs = max(CREEP_MS, speedMs + change);
    alongM += speedMs * dt;
    for (; leg < last && alongM >= (legs[leg]?.lengthM ?? 0); leg++) alongM -= legs[leg]?.lengthM ?? 0;
    if (leg === last && alongM >= endM) return { ...course, leg, alongM: endM, speedMs: 0 };
  }
  return { ...course, leg, alongM, speedMs };
}

/** The speed from which one can still brake down to another within some metres. */
const reachable = (slowMs: number, aheadM: number): number =>
  sqrt(slowMs * slowMs + 2 * DOWN_MS2 * max(0, aheadM));

/** The speed through a bend: all of it below 25°, walking pace in a U-turn. */
function turnMs(turnDeg: number, cruiseMs: number): number {
  const bend = abs(((turnDeg + 540) % 360) - 180);
  return bend < 25 ? cruiseMs : min(cruiseMs, max(1.4, 9 * (1 - bend / 190)));
}

/** Straight through the air. */
export function wayByAir(from: LngLat, to: LngLat): Way {
  const lengthM = distanceM(from, to);
  const leg: Leg = { from, to, lengthM, headingDeg: bearingDeg(from, to), kmh: Infinity, nodes: [-1, -1] };
  return { legs: [leg], alongM: 0, endM: lengthM };
}
