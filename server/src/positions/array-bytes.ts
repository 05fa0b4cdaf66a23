// Arrays as PostgreSQL takes them in binary (array_recv): it need not read a number or an id from text, which costs it
// as much as keeping the row. One dimension, big-endian: a header, then each value behind its length, -1 for null.

const HEADER_BYTES = 20;
const LENGTH_BYTES = 4;
const OIDS = { float4: 700, float8: 701, timestamptz: 1184, uuid: 2950 } as const;
/** Instants are counted from here, in µs. */
const EPOCH_MS = Date.UTC(2000, 0, 1);
const TWO_TO_32 = 2 ** 32;

/** Puts a value at an offset; false when there is none. */
type Put<T> = (view: DataView, offset: number, value: T) => boolean;

function arrayOf<T>(
  { oid, bytes }: { oid: number; bytes: number },
  values: readonly T[],
  put: Put<T>,
): Buffer {
  const buffer = Buffer.alloc(HEADER_BYTES + values.length * (LENGTH_BYTES + bytes));
  const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  view.setInt32(0, 1);
  view.setInt32(4, 1);
  view.setInt32(8, oid);
  view.setInt32(12, values.length);
  view.setInt32(16, 1);
  let end = HEADER_BYTES;
  for (const value of values) {
    const isThere = put(view, end + LENGTH_BYTES, value);
    view.setInt32(end, isThere ? bytes : -1);
    end += LENGTH_BYTES + (isThere ? bytes : 0);
  }
  return buffer.subarray(0, end);
}

/** A `uuid[]`. */
export const uuidArray = (ids: readonly string[]): Buffer =>
  arrayOf({ oid: OIDS.uuid, bytes: 16 }, ids, putUuid);

/** A `float8[]`. */
export const float8Array = (numbers: readonly number[]): Buffer =>
  arrayOf({ oid: OIDS.float8, bytes: 8 }, numbers, (view, offset, number) => {
    view.setFloat64(offset, number);
    return true;
  });

/** A `float4[]` with nulls for NaN. */
export const float4Array = (numbers: readonly number[]): Buffer =>
  arrayOf({ oid: OIDS.float4, bytes: 4 }, numbers, (view, offset, number) => {
    view.setFloat32(offset, number);
    return !Number.isNaN(number);
  });

/** A `timestamptz[]` of ms since 1970. */
export const instantArray = (instants: readonly number[]): Buffer =>
  arrayOf({ oid: OIDS.timestamptz, bytes: 8 }, instants, (view, offset, instant) => {
    const us = Math.round((instant - EPOCH_MS) * 1_000);
    view.setInt32(offset, Math.floor(us / TWO_TO_32));
    view.setUint32(offset + 4, us % TWO_TO_32);
    return true;
  });

function putUuid(view: DataView, offset: number, id: string): boolean {
  let digits = 0;
  let byte = 0;
  for (let i = 0; i < id.length; i++) {
    const code = id.charCodeAt(i);
    if (code === 45) continue;
    byte = (byte << 4) | nibbleOf(code, id);
    if (digits < 32 && digits % 2 === 1) view.setUint8(offset + (digits >> 1), byte & 0xff);
    digits++;
  }
  if (digits !== 32) throw new RangeError(`an id has 32 digits, not ${digits}: ${id}`);
  return true;
}

function nibbleOf(code: number, id: string): number {
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  if (letter >= 97 && letter <= 102) return letter - 87;
  throw new RangeError(`not an id: ${id}`);
}
