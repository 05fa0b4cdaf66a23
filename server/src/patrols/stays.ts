import { distanceM, METRES_PER_DEGREE } from '@app/shared';

// Locals: in the realm of a test runner every look at a global costs more than the arithmetic.
const { abs, cos, max, PI } = Math;

/** A fix of one device. `at` in ms since 1970; WGS 84. */
export interface TrackFix {
  readonly at: number;
  readonly lng: number;
  readonly lat: number;
}

export interface VisitArea {
  readonly lng: number;
  readonly lat: number;
  readonly radiusM: number;
}

/** A device's time in an area: from its first fix inside to its last one, ms since 1970. */
export interface Stay {
  readonly from: number;
  readonly to: number;
}

/** So far beyond its border a device has left: a receiver's noise at the border ends no stay. */
const MARGIN_M = 15;
/** How far from its middle a device may be and stay in an area. */
export const reachOf = (radiusM: number): number => radiusM + MARGIN_M;
/** Longer than this without a fix, and nobody knows that it was there meanwhile. */
export const SILENCE_MS = 120_000;
/** A place that the device was at for less than this, between two inside, is the receiver's error. */
const OUTLIER_MS = 30_000;
/** A reach in degrees, for a cheap look before the great circle, is so much too far that it leaves nothing out. */
export const ROUGHLY = 1.02;

/** What each track was found to have stayed in: a judgement asks for the same more than once. */
const staysOf = new WeakMap<readonly TrackFix[], Map<string, Stay[]>>();

/** The stays of one device in an area. `fixes` in order of time, and not to be changed any more. */
export function staysIn(fixes: readonly TrackFix[], area: VisitArea): readonly Stay[] {
  let known = staysOf.get(fixes);
  if (!known) staysOf.set(fixes, (known = new Map()));
  const key = `${area.lng} ${area.lat} ${area.radiusM}`;
  let stays = known.get(key);
  if (!stays) known.set(key, (stays = findStays(fixes, area)));
  return stays;
}

function findStays(fixes: readonly TrackFix[], area: VisitArea): Stay[] {
  const awayFrom = measureFrom(area);
  const stays: { from: number; to: number }[] = [];
  let stay: { from: number; to: number } | undefined;
  let leftAt: number | undefined;
  for (const fix of fixes) {
    const awayM = awayFrom(fix);
    if (stay && (fix.at - stay.to > SILENCE_MS || (leftAt !== undefined && fix.at - leftAt > OUTLIER_MS)))
      stay = undefined;
    if (awayM <= area.radiusM || (stay && leftAt === undefined && awayM <= reachOf(area.radiusM))) {
      leftAt = undefined;
      if (stay) stay.to = fix.at;
      else stays.push((stay = { from: fix.at, to: fix.at }));
    } else if (stay) leftAt ??= fix.at;
  }
  return stays;
}

/** Metres from the middle of an area; infinitely many where that is clearly beyond its reach. */
function measureFrom({ lng, lat, radiusM }: VisitArea): (fix: TrackFix) => number {
  const north = (ROUGHLY * reachOf(radiusM)) / METRES_PER_DEGREE;
  const east = north / cos(((abs(lat) + north) * PI) / 180);
  return (fix) =>
    abs(fix.lat - lat) > north || abs(fix.lng - lng) > east
      ? Infinity
      : distanceM([lng, lat], [fix.lng, fix.lat]);
}

/** Of fixes in order of time the number of the first whose time is so, as those of all after it are. */
export function firstThat(fixes: readonly TrackFix[], isSo: (at: number) => boolean): number {
  let [low, high] = [0, fixes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isSo(fixes[middle]?.at ?? Infinity)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Stays of several devices as one: what overlaps or follows within the silence allowed is the same visit. */
export function joinStays(stays: readonly Stay[]): Stay[] {
  const joined: { from: number; to: number }[] = [];
  for (const { from, to } of [...stays].sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last && from <= last.to) last.to = max(last.to, to);
    else joined.push({ from, to });
  }
  return joined;
}
