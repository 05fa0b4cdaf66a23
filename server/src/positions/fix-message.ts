import type { FleetFix } from './fleet.js';

// What processes tell each other once a second, little-endian: u8 version, f64 receivedAt, then per fix
// 16 bytes team, f64 observedAt, i32 lng and lat (1e-7°), u16 speed (0.1 km/h), u16 heading (0.01°), 65535: unknown.
const VERSION = 1;
const HEADER_BYTES = 9;
const RECORD_BYTES = 36;
const DEGREE = 1e7;
const UNKNOWN = 0xffff;

/** The fixes of a second, one a team, for the other processes of this centre. They share the first one's `receivedAt`. */
export function writeFixMessage(fixes: readonly FleetFix[]): Uint8Array {
  const bytes = Buffer.allocUnsafe(HEADER_BYTES + RECORD_BYTES * fixes.length);
  bytes.writeUInt8(VERSION, 0);
  bytes.writeDoubleLE(fixes[0]?.receivedAt ?? 0, 1);
  let at = HEADER_BYTES;
  for (const fix of fixes) {
    bytes.write(fix.team.replaceAll('-', ''), at, 16, 'hex');
    bytes.writeDoubleLE(fix.observedAt, at + 16);
    bytes.writeInt32LE(Math.round(fix.lng * DEGREE), at + 24);
    bytes.writeInt32LE(Math.round(fix.lat * DEGREE), at + 28);
    bytes.writeUInt16LE(Number.isNaN(fix.speedKmh) ? UNKNOWN : Math.round(fix.speedKmh * 10), at + 32);
    bytes.writeUInt16LE(Number.isNaN(fix.headingDeg) ? UNKNOWN : Math.round(fix.headingDeg * 100), at + 34);
    at += RECORD_BYTES;
  }
  return bytes;
}

/** The fixes of a message; none when it is of another version or cut short, as during a rolling restart. */
export function* readFixMessage(message: Uint8Array): IterableIterator<FleetFix> {
  const bytes = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  if (bytes.length < HEADER_BYTES || bytes[0] !== VERSION) return;
  if ((bytes.length - HEADER_BYTES) % RECORD_BYTES !== 0) return;
  const receivedAt = bytes.readDoubleLE(1);
  for (let at = HEADER_BYTES; at < bytes.length; at += RECORD_BYTES) {
    const speed = bytes.readUInt16LE(at + 32);
    const heading = bytes.readUInt16LE(at + 34);
    yield {
      team: uuidAt(bytes, at),
      observedAt: bytes.readDoubleLE(at + 16),
      lng: bytes.readInt32LE(at + 24) / DEGREE,
      lat: bytes.readInt32LE(at + 28) / DEGREE,
      speedKmh: speed === UNKNOWN ? NaN : speed / 10,
      headingDeg: heading === UNKNOWN ? NaN : heading / 100,
      receivedAt,
    };
  }
}

function uuidAt(bytes: Buffer, at: number): string {
  const hex = bytes.toString('hex', at, at + 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
