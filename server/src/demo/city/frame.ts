import type { Position } from './demo-city.js';

const { hypot, round } = Math;

/** A place in the flat frame of the plan: metres east and north of the city's centre. */
export type Spot = readonly [xM: number, yM: number];

const ORIGIN_LNG = 98_288_800;
const ORIGIN_LAT = 39_772_100;

/** Metres in a millionth of a degree at 39.7721° N (WGS 84 ellipsoid). */
const LNG_STEP_M = 0.085676;
const LAT_STEP_M = 0.111031;

/** Every vertex of the city lies on this lattice, so that two shapes that share it share its bits. */
export function latticeOf([xM, yM]: Spot): [lng: number, lat: number] {
  return [ORIGIN_LNG + round(xM / LNG_STEP_M), ORIGIN_LAT + round(yM / LAT_STEP_M)];
}

export function spotOfLattice(lng: number, lat: number): Spot {
  return [(lng - ORIGIN_LNG) * LNG_STEP_M, (lat - ORIGIN_LAT) * LAT_STEP_M];
}

export function positionOfLattice(lng: number, lat: number): Position {
  return [lng / 1e6, lat / 1e6];
}

export function positionOf(spot: Spot): Position {
  const [lng, lat] = latticeOf(spot);
  return positionOfLattice(lng, lat);
}

export function spotOf([lng, lat]: Position): Spot {
  return spotOfLattice(round(lng * 1e6), round(lat * 1e6));
}

export function distanceM([ax, ay]: Spot, [bx, by]: Spot): number {
  return hypot(bx - ax, by - ay);
}
