import { z } from 'zod';
import { type Datum, Lat, Lng } from './geo.js';
import { Id } from './ids.js';
import { pageOf } from './page.js';
import { DATUMS } from './team.js';
import { Instant } from './time.js';

/** One fix, after a door has parsed it and brought it to WGS 84. Times are ms since 1970. */
export interface Fix {
  readonly device: string;
  readonly team: string;
  readonly observedAt: number;
  readonly lng: number;
  readonly lat: number;
  /** km/h, NaN when unknown. */
  readonly speedKmh: number;
  /** Degrees clockwise from north, NaN when unknown. */
  readonly headingDeg: number;
}

/** The largest batch that a door takes. */
export const MAX_FIXES = 1000;
/** Faster than anything that patrols. */
export const MAX_SPEED_KMH = 400;
/** A place that is known no better than this says less than a street: it is kept apart. */
export const MAX_ACCURACY_M = 100;

/**
 * One position as `POST /api/positions` and the `fixes` event take it. The doors check it by hand (17 times cheaper);
 * the API is described, and what they take is tested, by this.
 */
export const FixReport = z.strictObject({
  /** The device's id, or its `externalId`. */
  device: z.string(),
  at: Instant,
  lng: Lng,
  lat: Lat,
  speedKmh: z.number().min(0).max(MAX_SPEED_KMH).optional(),
  headingDeg: z.number().min(0).max(360).optional(),
  /** Within how many metres the device believes the place to be. */
  accuracyM: z.number().min(0).optional(),
  /** Without it the one that the device is registered with. */
  datum: z.enum(DATUMS).optional(),
});
export type FixReport = z.infer<typeof FixReport>;

const Reports = z.array(FixReport).max(MAX_FIXES);
/** Body of `POST /api/positions`. */
export const FixReports = z.union([Reports, z.strictObject({ fixes: Reports })]);

const Refusals = z.array(z.object({ index: z.number().int(), code: z.string() }));
/**
 * Told after the commit; a fix that was known already counts as accepted. Flagged ones (an impossible jump, a bad clock)
 * are stored apart: never in a track or in the live position, and not to be sent again.
 */
export const FixesAnswer = z.object({
  accepted: z.number().int(),
  rejected: Refusals,
  flagged: Refusals,
});
export type FixesAnswer = z.infer<typeof FixesAnswer>;

/** How far back a fix may have been observed, without and with the `import` scope; older ones are not kept. */
export const FIX_PAST_MS = 7 * 86_400_000;
export const FIX_IMPORT_PAST_MS = 30 * 86_400_000;
/** As far as a crew's handheld is believed, as with what it did while it was cut off. */
export const FIX_HANDHELD_PAST_MS = 12 * 3_600_000;

// The binary form of a batch, little-endian; told byte by byte in .github/docs/positions.md.
/** First byte of every binary batch. */
export const FIX_BATCH_PROTOCOL = 1;
const HEADER_BYTES = 4;
const RECORD_BYTES = 24;
const DEGREE = 1e7;
const UNKNOWN = 0xffff;
/** The batch's datum by its byte; 0: the one that each device is registered with. */
const DATUM_BYTES: readonly (Datum | undefined)[] = [undefined, 'wgs84', 'cgcs2000', 'gcj02', 'bd09'];

/** One fix of a binary batch. `device` is the number that `POST /api/devices` gave. */
export interface BinaryFix {
  device: number;
  /** Ms since 1970. */
  at: number;
  lng: number;
  lat: number;
  /** km/h, NaN when unknown; kept to 0.1. */
  speedKmh: number;
  /** Degrees clockwise from north, NaN when unknown; kept to 0.01. */
  headingDeg: number;
}

export interface FixBatch {
  readonly count: number;
  /** Undefined: the one that each device is registered with. */
  readonly datum: Datum | undefined;
  readonly records: DataView;
}

/** The bytes of a batch; `datum` undefined leaves it to each device's own. Places are kept to 1e-7 degrees. */
export function writeFixBatch(fixes: readonly Readonly<BinaryFix>[], datum?: Datum): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEADER_BYTES + RECORD_BYTES * fixes.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, FIX_BATCH_PROTOCOL);
  view.setUint8(1, Math.max(0, DATUM_BYTES.indexOf(datum)));
  view.setUint16(2, fixes.length, true);
  fixes.forEach((fix, index) => {
    const at = HEADER_BYTES + RECORD_BYTES * index;
    view.setUint32(at, fix.device, true);
    view.setFloat64(at + 4, fix.at, true);
    view.setInt32(at + 12, Math.round(fix.lng * DEGREE), true);
    view.setInt32(at + 16, Math.round(fix.lat * DEGREE), true);
    view.setUint16(at + 20, Number.isNaN(fix.speedKmh) ? UNKNOWN : Math.round(fix.speedKmh * 10), true);
    view.setUint16(at + 22, Number.isNaN(fix.headingDeg) ? UNKNOWN : Math.round(fix.headingDeg * 100), true);
  });
  return bytes;
}

/** A batch ready to be read, or undefined when protocol, datum or length are not those of one. */
export function readFixBatch(bytes: Uint8Array): FixBatch | undefined {
  if (bytes.byteLength < HEADER_BYTES || bytes[0] !== FIX_BATCH_PROTOCOL) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const datum = view.getUint8(1);
  const count = view.getUint16(2, true);
  if (datum >= DATUM_BYTES.length || bytes.byteLength !== HEADER_BYTES + RECORD_BYTES * count)
    return undefined;
  const records = new DataView(bytes.buffer, bytes.byteOffset + HEADER_BYTES, RECORD_BYTES * count);
  return { count, datum: DATUM_BYTES[datum], records };
}

/** Reads the record at `index` into `fix`, so that a batch costs no object per record. */
export function readFix({ records }: FixBatch, index: number, fix: BinaryFix): void {
  const at = RECORD_BYTES * index;
  const speed = records.getUint16(at + 20, true);
  const heading = records.getUint16(at + 22, true);
  fix.device = records.getUint32(at, true);
  fix.at = records.getFloat64(at + 4, true);
  fix.lng = records.getInt32(at + 12, true) / DEGREE;
  fix.lat = records.getInt32(at + 16, true) / DEGREE;
  fix.speedKmh = speed === UNKNOWN ? NaN : speed / 10;
  fix.headingDeg = heading === UNKNOWN ? NaN : heading / 100;
}

/** One point of `GET /api/tracks`. */
const TrackPoint = z.object({
  device: Id,
  at: Instant,
  lng: Lng,
  lat: Lat,
  speedKmh: z.number().nullable(),
  headingDeg: z.number().nullable(),
});

export const TrackPage = pageOf(TrackPoint);
export type TrackPage = z.infer<typeof TrackPage>;
