import { z } from 'zod';

// Locals: in the realm of a test runner every look at a global costs more than the arithmetic.
const { abs, asin, atan2, cos, hypot, max, min, PI, sin, sqrt } = Math;

/** Degrees east, −180 to 180. */
export const Lng = z.number().min(-180).max(180);
/** Degrees north, −90 to 90. */
export const Lat = z.number().min(-90).max(90);
/** A place: `[lng, lat]` in degrees, WGS 84 wherever nothing else is said. */
export type LngLat = readonly [number, number];
/** West, south, east, north in degrees. */
export type BBox = readonly [number, number, number, number];

/** Mean radius of the Earth (IUGG R₁), metres. */
export const EARTH_RADIUS_M = 6_371_008.8;
const RAD = PI / 180;
/** Length of one degree of latitude on the sphere of EARTH_RADIUS_M. */
export const METRES_PER_DEGREE = EARTH_RADIUS_M * RAD;

/** Great-circle distance in metres (haversine, on the sphere: within 0.6 % of the ellipsoid). */
export function distanceM([lngA, latA]: LngLat, [lngB, latB]: LngLat): number {
  const sinLat = sin(((latB - latA) * RAD) / 2);
  const sinLng = sin(((lngB - lngA) * RAD) / 2);
  const h = sinLat * sinLat + cos(latA * RAD) * cos(latB * RAD) * sinLng * sinLng;
  return 2 * EARTH_RADIUS_M * asin(min(1, sqrt(h)));
}

/** Initial great-circle bearing from one place to another, degrees clockwise from north in [0, 360); 0 for one place. */
export function bearingDeg([lngA, latA]: LngLat, [lngB, latB]: LngLat): number {
  const turn = (lngB - lngA) * RAD;
  const east = sin(turn) * cos(latB * RAD);
  const north = cos(latA * RAD) * sin(latB * RAD) - sin(latA * RAD) * cos(latB * RAD) * cos(turn);
  return (atan2(east, north) / RAD + 360) % 360;
}

/** The smallest box around some places, or undefined when there are none. It never crosses the antimeridian. */
export function bboxOf(places: Iterable<LngLat>): BBox | undefined {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lng, lat] of places) {
    west = min(west, lng);
    south = min(south, lat);
    east = max(east, lng);
    north = max(north, lat);
  }
  return west <= east ? [west, south, east, north] : undefined;
}

/**
 * Whether a place lies within a ring of degrees taken as a flat polygon (even-odd rule, ray to the east).
 * The last point may repeat the first. A place exactly on an edge belongs to one of two neighbours, never to both.
 */
export function isInRing(lng: number, lat: number, ring: readonly LngLat[]): boolean {
  let inside = false;
  let [lngA, latA] = ring.at(-1) ?? [0, 0];
  for (const [lngB, latB] of ring) {
    if (latB > lat !== latA > lat && lng < ((lngA - lngB) * (lat - latB)) / (latA - latB) + lngB)
      inside = !inside;
    [lngA, latA] = [lngB, latB];
  }
  return inside;
}

/** A flat map of metres around an origin. */
export interface LocalMetres {
  readonly origin: LngLat;
  /** Metres east and north of the origin. */
  toMetres(place: LngLat): [number, number];
  toLngLat(eastM: number, northM: number): [number, number];
}

/**
 * Equirectangular projection around an origin: good to 1 % of a length within 50 km below 60° of latitude.
 * @throws RangeError for an origin beyond 85° of latitude, where metres east lose their meaning
 */
export function localMetres(origin: LngLat): LocalMetres {
  const [lng0, lat0] = origin;
  if (!(abs(lat0) <= 85)) throw new RangeError(`localMetres: latitude within ±85° wanted, ${lat0} seen`);
  const perLng = METRES_PER_DEGREE * cos(lat0 * RAD);
  return {
    origin,
    toMetres: ([lng, lat]) => [(lng - lng0) * perLng, (lat - lat0) * METRES_PER_DEGREE],
    toLngLat: (eastM, northM) => [lng0 + eastM / perLng, lat0 + northM / METRES_PER_DEGREE],
  };
}

/** CGCS 2000 lies within a decimetre of WGS 84 and is taken as equal. */
export type Datum = 'wgs84' | 'cgcs2000' | 'gcj02' | 'bd09';

/** Degrees of some datum to WGS 84: the inverse of `fromWgs84` within 1e-9°. Outside China nothing is moved. */
export function toWgs84(lng: number, lat: number, datum: Datum): [number, number] {
  if (datum === 'wgs84' || datum === 'cgcs2000') return [lng, lat];
  const [wgsLng, wgsLat] = invert(lng, lat, datum === 'bd09' ? bd09Of : gcj02Of);
  return isInChina(wgsLng, wgsLat) ? [wgsLng, wgsLat] : [lng, lat];
}

/** WGS 84 to degrees of some datum. GCJ-02 and BD-09 are applied only inside China. */
export function fromWgs84(lng: number, lat: number, datum: Datum): [number, number] {
  if (datum === 'wgs84' || datum === 'cgcs2000' || !isInChina(lng, lat)) return [lng, lat];
  return datum === 'bd09' ? bd09Of(lng, lat) : gcj02Of(lng, lat);
}

/** The box in which GCJ-02 is in force, as map services apply it. */
function isInChina(lng: number, lat: number): boolean {
  return lng >= 72.004 && lng <= 137.8347 && lat >= 0.8293 && lat <= 55.8271;
}

// GCJ-02: a shift in metres, a polynomial and sines of the offset from 105° E 35° N, taken to degrees on the
// Krasovsky 1940 ellipsoid. The coefficients are those in public use since 2010; there is no official text.
const SEMI_MAJOR_M = 6_378_245;
const ECCENTRICITY2 = 0.006_693_421_622_965_943;

function gcj02Of(lng: number, lat: number): [number, number] {
  const x = lng - 105;
  const y = lat - 35;
  const ripple = 20 * sin(6 * PI * x) + 20 * sin(2 * PI * x);
  const root = sqrt(abs(x));
  const eastM =
    300 +
    x +
    2 * y +
    0.1 * x * x +
    0.1 * x * y +
    0.1 * root +
    (2 / 3) * (ripple + waves(x, 20, 1) + waves(x, 40, 3) + waves(x, 150, 12) + waves(x, 300, 30));
  const northM =
    -100 +
    2 * x +
    3 * y +
    0.2 * y * y +
    0.1 * x * y +
    0.2 * root +
    (2 / 3) * (ripple + waves(y, 20, 1) + waves(y, 40, 3) + waves(y, 160, 12) + waves(y, 320, 30));

  const sinLat = sin(lat * RAD);
  const w2 = 1 - ECCENTRICITY2 * sinLat * sinLat;
  const meridianM = (SEMI_MAJOR_M * (1 - ECCENTRICITY2)) / (w2 * sqrt(w2));
  const parallelM = (SEMI_MAJOR_M / sqrt(w2)) * cos(lat * RAD);
  return [lng + eastM / (parallelM * RAD), lat + northM / (meridianM * RAD)];
}

/** One term of the shift: `amplitude` metres with a period of 2 · `divisor` degrees. */
function waves(degrees: number, amplitude: number, divisor: number): number {
  return amplitude * sin((degrees * PI) / divisor);
}

// BD-09: GCJ-02 turned and stretched by ripples with a period of 0.12°, then moved by (0.0065°, 0.006°).
const BD_WAVES = (3000 * PI) / 180;

function bd09Of(lng: number, lat: number): [number, number] {
  const [x, y] = gcj02Of(lng, lat);
  const radius = hypot(x, y) + 0.000_02 * sin(y * BD_WAVES);
  const angle = atan2(y, x) + 0.000_003 * cos(x * BD_WAVES);
  return [radius * cos(angle) + 0.0065, radius * sin(angle) + 0.006];
}

/** Fixed point of `place = place + (target − forward(place))`: the shift changes by under 1 % of a step, so it converges fast. */
function invert(
  lng: number,
  lat: number,
  forward: (lng: number, lat: number) => [number, number],
): [number, number] {
  let [guessLng, guessLat] = [lng, lat];
  for (let round = 0; round < 12; round++) {
    const [seenLng, seenLat] = forward(guessLng, guessLat);
    guessLng += lng - seenLng;
    guessLat += lat - seenLat;
  }
  return [guessLng, guessLat];
}
