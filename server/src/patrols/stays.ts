import { distanceM } from '@app/shared';

// Locals: in the realm of a test runner every look at a global costs more than the arithmetic.
const { abs, max } = Math;

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
/** Degrees of latitude that no area reaches: a cheap look before the great circle. */
const FAR_DEG = 0.02;

/** The stays of one device in an area. `fixes` in order of time. */
export function staysIn(fixes: readonly TrackFix[], area: VisitArea): Stay[] {
  const stays: { from: number; to: number }[] = [];
  let stay: { from: number; to: number } | undefined;
  let leftAt: number | undefined;
  for (const fix of fixes) {
    const awayM = awayFrom(area, fix);
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

function awayFrom({ lng, lat }: VisitArea, fix: TrackFix): number {
  if (abs(fix.lat - lat) > FAR_DEG || abs(fix.lng - lng) > 5 * FAR_DEG) return Infinity;
  return distanceM([lng, lat], [fix.lng, fix.lat]);
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
