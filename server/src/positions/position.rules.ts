import {
  type BBox,
  type Datum,
  DATUMS,
  distanceM,
  type ErrorCode,
  type Fix,
  MAX_SPEED_KMH,
  toWgs84,
} from '@app/shared';
import type { Span } from './shift-spans.js';

/** The device that a fix names, as far as it matters here. */
export interface FixDevice {
  readonly id: string;
  readonly team: string;
  /** Used where neither fix nor batch names one. */
  readonly datum: Datum;
}

/** A fix as its door read it, before anything is known to be true. Reused from fix to fix. */
export interface RawFix {
  device: FixDevice | undefined;
  /** Ms since 1970. */
  at: number;
  lng: number;
  lat: number;
  /** NaN when unknown. */
  speedKmh: number;
  headingDeg: number;
  /** NaN when unknown. */
  accuracyM: number;
  datum: Datum | undefined;
}

/** A fix on its way into the tracks, with the moment at which it reached us (ms since 1970). */
export type StoredFix = Fix & { readonly receivedAt: number };

export type FlagCode = Extract<ErrorCode, 'time.future' | 'time.past' | 'position.jump' | 'position.vague'>;

/** A fix that is kept apart. */
export interface FlaggedFix {
  readonly fix: StoredFix;
  readonly code: FlagCode;
}

export interface FixContext {
  readonly receivedAt: number;
  /** Ms since 1970: a clock that says later than `latest` or earlier than `earliest` is wrong. */
  readonly latest: number;
  readonly earliest: number;
  /** The box around the city, where it is known. */
  readonly city: BBox | undefined;
  /** Of a crew's handheld: when its team was on shift. Undefined: it is not asked. */
  readonly shifts?: readonly Span[] | undefined;
}

/** Where a device was last. */
export interface Whereabouts {
  readonly observedAt: number;
  readonly lng: number;
  readonly lat: number;
}

/** Two fixes further apart in time than this say nothing about each other. */
const JUMP_WINDOW_MS = 600_000;
/** What bad reception alone may move a fix. */
const JUMP_SLACK_M = 200;
const SWAP_DISTANCE_M = 300_000;
/** Years 0 to 9999: beyond them PostgreSQL has no instant for all, and would refuse what others told beside it. */
const FIRST_INSTANT_MS = -62_167_219_200_000;
const LAST_INSTANT_MS = 253_402_300_799_999;
const KEYS: ReadonlySet<string> = new Set([
  'device',
  'at',
  'lng',
  'lat',
  'speedKmh',
  'headingDeg',
  'accuracyM',
  'datum',
]);

export const emptyFix = (): RawFix => ({
  device: undefined,
  at: 0,
  lng: 0,
  lat: 0,
  speedKmh: NaN,
  headingDeg: NaN,
  accuracyM: NaN,
  datum: undefined,
});

/**
 * Reads one position of a JSON batch into `raw`. By hand, since this is the hot path: seventeen times cheaper than a
 * schema. Answers the code when it does not have the shape of a `FixReport`.
 */
export function readReport(
  report: unknown,
  deviceOf: (device: string) => FixDevice | undefined,
  raw: RawFix,
): ErrorCode | undefined {
  if (typeof report !== 'object' || report === null || Array.isArray(report)) return 'request.malformed';
  for (const key in report) if (!KEYS.has(key)) return 'request.unknown-field';
  const { device, at, lng, lat, speedKmh, headingDeg, accuracyM, datum } = report as Record<string, unknown>;
  if (typeof device !== 'string' || typeof at !== 'string') return 'request.malformed';
  if (typeof lng !== 'number' || typeof lat !== 'number') return 'request.malformed';
  if (!isOptionalNumber(speedKmh) || !isOptionalNumber(headingDeg) || !isOptionalNumber(accuracyM))
    return 'request.malformed';
  if (datum !== undefined && !isDatum(datum)) return 'request.malformed';
  raw.at = instantOf(at);
  if (Number.isNaN(raw.at)) return 'request.malformed';
  raw.device = deviceOf(device);
  raw.lng = lng;
  raw.lat = lat;
  raw.speedKmh = speedKmh ?? NaN;
  raw.headingDeg = headingDeg ?? NaN;
  raw.accuracyM = accuracyM ?? NaN;
  raw.datum = datum;
  return undefined;
}

/** The fix, in WGS 84, or the code that says why it cannot be taken. */
export function judgeFix(raw: Readonly<RawFix>, context: FixContext): StoredFix | ErrorCode {
  const { device, at, speedKmh, headingDeg, accuracyM } = raw;
  if (!device) return 'device.unknown';
  const place = placeFault(raw.lng, raw.lat, context.city);
  if (place) return place;
  if (!(at >= FIRST_INSTANT_MS && at <= LAST_INSTANT_MS)) return 'request.malformed';
  if (speedKmh < 0 || speedKmh > MAX_SPEED_KMH) return 'position.out-of-range';
  if (headingDeg < 0 || headingDeg > 360 || accuracyM < 0) return 'position.out-of-range';

  const { shifts, receivedAt } = context;
  if (shifts && !shifts.some(({ from, to }) => from <= at && at <= to)) return 'position.off-shift';

  const datum = raw.datum ?? device.datum;
  const isWgs84 = datum === 'wgs84' || datum === 'cgcs2000';
  const [lng, lat] = isWgs84 ? [raw.lng, raw.lat] : toWgs84(raw.lng, raw.lat, datum);
  return {
    device: device.id,
    team: device.team,
    // The second is the key: however often a handheld repeats itself, it fills no more rows than there are seconds.
    observedAt: shifts ? Math.floor(at / 1000) * 1000 : at,
    lng,
    lat,
    speedKmh,
    headingDeg: headingDeg === 360 ? 0 : headingDeg,
    receivedAt,
  };
}

/**
 * Why a fix can be read and yet not be meant: its clock is wrong, or it is too far from the device's `last`. Such a fix
 * is kept apart. Undefined: it is one like others.
 */
export function flagOf(
  fix: StoredFix,
  context: FixContext,
  last: Whereabouts | undefined,
): FlagCode | undefined {
  if (fix.observedAt > context.latest) return 'time.future';
  if (fix.observedAt < context.earliest) return 'time.past';
  return last && isJump(fix, last) ? 'position.jump' : undefined;
}

/** Whether a device would have had to be faster than anything that patrols. `last`: its fix before, by arrival. */
export function isJump(fix: Fix, last: Whereabouts): boolean {
  const betweenMs = Math.abs(fix.observedAt - last.observedAt);
  if (betweenMs > JUMP_WINDOW_MS) return false;
  const reachM = (MAX_SPEED_KMH / 3_600) * betweenMs + JUMP_SLACK_M;
  // A degree is at most 112 km: most fixes need no trigonometry.
  if ((Math.abs(fix.lng - last.lng) + Math.abs(fix.lat - last.lat)) * 112_000 <= reachM) return false;
  return distanceM([fix.lng, fix.lat], [last.lng, last.lat]) > reachM;
}

/** Impossible coordinates, and the two of them told the wrong way round. */
function placeFault(lng: number, lat: number, city: BBox | undefined): ErrorCode | undefined {
  if (!(Math.abs(lng) <= 180 && Math.abs(lat) <= 90))
    return Math.abs(lat) <= 180 && Math.abs(lng) <= 90 ? 'place.swapped' : 'place.out-of-range';
  if (!city || isInBox(lng, lat, city) || !isInBox(lat, lng, city)) return undefined;
  const [west, south, east, north] = city;
  const nearest = [clamp(lng, west, east), clamp(lat, south, north)] as const;
  return distanceM([lng, lat], nearest) > SWAP_DISTANCE_M ? 'place.swapped' : undefined;
}

/** ISO 8601 with an offset, to ms since 1970; NaN for everything else that `Date.parse` would take. */
function instantOf(text: string): number {
  const end = text.length - 1;
  if (end < 16 || end > 34 || text[4] !== '-' || text[7] !== '-' || text[10] !== 'T') return NaN;
  const isZulu = text[end] === 'Z';
  const hasOffset = text[end - 2] === ':' && (text[end - 5] === '+' || text[end - 5] === '-');
  return isZulu || hasOffset ? Date.parse(text) : NaN;
}

function isInBox(lng: number, lat: number, [west, south, east, north]: BBox): boolean {
  return lng >= west && lng <= east && lat >= south && lat <= north;
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

// JSON has neither NaN nor infinity, but an object handed over in memory may.
const isOptionalNumber = (value: unknown): value is number | undefined =>
  value === undefined || (typeof value === 'number' && Number.isFinite(value));

const isDatum = (value: unknown): value is Datum => (DATUMS as readonly unknown[]).includes(value);
