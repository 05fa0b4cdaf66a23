// Bodies of JT/T 808 messages, by the standard's tables; big-endian. Strings are GBK, which is the caller's to encode:
// what is read here (maker, terminal id, code) is ASCII.

/** Results of a general answer, both ways; the platform alone knows `alarmTaken`. */
export const JT808_RESULT = { ok: 0, failed: 1, wrong: 2, unsupported: 3, alarmTaken: 4 } as const;
export type Jt808Result = (typeof JT808_RESULT)[keyof typeof JT808_RESULT];
/** Results of a registration. */
export const JT808_REGISTERED = { ok: 0, noSuchTerminal: 4, terminalTaken: 3 } as const;

/** Alarm bit 0: somebody pressed the emergency button. */
export const EMERGENCY_BIT = 1;
const FIXED = 1 << 1;
const SOUTH = 1 << 2;
const WEST = 1 << 3;
const ENCRYPTED = 1 << 5;
const DEGREE = 1e6;
const FIX_BYTES = 28;
/** Terminals tell the time of China, whatever the zone of the city. */
const CHINA_MS = 8 * 3_600_000;
const ITEM_SIGNAL = 0x30;
const ITEM_SATELLITES = 0x31;

/** What a location message says. One object may be read into again and again. */
export interface TerminalFix {
  /** Alarm bits. */
  alarms: number;
  /** Whether the place is one: without satellites a terminal tells its last or none. */
  isFixed: boolean;
  /**
   * Status bit 5, 经纬度已经保密插件加密: the plug-in for secrecy that the surveying authority approves (JT/T 809 names it for
   * the same flag) shifts WGS 84 to what is called GCJ-02. Such a place is GCJ-02, not cipher.
   */
  isShifted: boolean;
  lng: number;
  lat: number;
  altitudeM: number;
  speedKmh: number;
  headingDeg: number;
  /** Ms since 1970; NaN when the terminal's clock says no time. */
  at: number;
  /** Bars of the mobile network and satellites in use, −1 when not told. */
  signal: number;
  satellites: number;
}

export const emptyTerminalFix = (): TerminalFix => ({
  alarms: 0,
  isFixed: false,
  isShifted: false,
  lng: 0,
  lat: 0,
  altitudeM: 0,
  speedKmh: 0,
  headingDeg: 0,
  at: NaN,
  signal: -1,
  satellites: -1,
});

/** Reads the body of a location message; false when it is too short for one. Items that are unknown are passed over. */
export function readTerminalFix(bytes: Uint8Array, from: number, end: number, fix: TerminalFix): boolean {
  if (end - from < FIX_BYTES) return false;
  const status = double(bytes, from + 4);
  fix.alarms = double(bytes, from);
  fix.isFixed = (status & FIXED) !== 0;
  fix.isShifted = (status & ENCRYPTED) !== 0;
  fix.lat = (double(bytes, from + 8) / DEGREE) * (status & SOUTH ? -1 : 1);
  fix.lng = (double(bytes, from + 12) / DEGREE) * (status & WEST ? -1 : 1);
  fix.altitudeM = (word(bytes, from + 16) << 16) >> 16;
  fix.speedKmh = word(bytes, from + 18) / 10;
  fix.headingDeg = word(bytes, from + 20);
  fix.at = readClock(bytes, from + 22);
  fix.signal = fix.satellites = -1;
  for (let at = from + FIX_BYTES; at + 2 <= end;) {
    const length = bytes[at + 1] ?? 0;
    if (at + 2 + length > end) break;
    if (bytes[at] === ITEM_SIGNAL && length === 1) fix.signal = bytes[at + 2] ?? -1;
    if (bytes[at] === ITEM_SATELLITES && length === 1) fix.satellites = bytes[at + 2] ?? -1;
    at += 2 + length;
  }
  return true;
}

/** The body of a location message, as a terminal tells it. */
export function writeTerminalFix(fix: Readonly<TerminalFix>): Uint8Array {
  const hasItems = fix.signal >= 0 || fix.satellites >= 0;
  const view = new DataView(new ArrayBuffer(FIX_BYTES + (hasItems ? 6 : 0)));
  view.setUint32(0, fix.alarms);
  const status = 1 | (fix.isFixed ? FIXED : 0) | (fix.isShifted ? ENCRYPTED : 0);
  view.setUint32(4, status | (fix.lat < 0 ? SOUTH : 0) | (fix.lng < 0 ? WEST : 0));
  view.setUint32(8, Math.round(Math.abs(fix.lat) * DEGREE));
  view.setUint32(12, Math.round(Math.abs(fix.lng) * DEGREE));
  view.setInt16(16, fix.altitudeM);
  view.setUint16(18, Math.round(fix.speedKmh * 10));
  view.setUint16(20, Math.round(fix.headingDeg) % 360);
  const bytes = new Uint8Array(view.buffer);
  writeClock(bytes, 22, fix.at);
  if (hasItems) bytes.set([ITEM_SIGNAL, 1, fix.signal & 0xff, ITEM_SATELLITES, 1, fix.satellites & 0xff], 28);
  return bytes;
}

/** Calls `each` with the bounds of every location in a batch; false, and no call, when the batch is not well formed. */
export function readFixes(
  bytes: Uint8Array,
  from: number,
  end: number,
  each: (at: number, end: number) => void,
): boolean {
  if (end - from < 3) return false;
  const count = word(bytes, from);
  let at = from + 3;
  for (let i = 0; i < count; i++) {
    if (at + 2 > end) return false;
    const length = word(bytes, at);
    if (length < FIX_BYTES) return false;
    at += 2 + length;
  }
  if (at !== end) return false;
  for (let next = from + 3; next < end; next += 2 + word(bytes, next))
    each(next + 2, next + 2 + word(bytes, next));
  return true;
}

/** The body of a batch of locations; `isLate` for what was kept while there was no network. */
export function writeFixes(fixes: readonly Uint8Array[], isLate: boolean): Uint8Array {
  const bytes = new Uint8Array(3 + fixes.reduce((sum, { length }) => sum + 2 + length, 0));
  putWord(bytes, 0, fixes.length);
  bytes[2] = isLate ? 1 : 0;
  let at = 3;
  for (const fix of fixes) {
    putWord(bytes, at, fix.length);
    bytes.set(fix, at + 2);
    at += 2 + fix.length;
  }
  return bytes;
}

/** What of a registration concerns us; who made it and its plate do not. */
export interface Registration {
  readonly terminalId: string;
}

/**
 * Bytes of province, city, maker, model, terminal id, and the plate's colour; the plate, or the vehicle's number, takes
 * the rest of the body in every dialect and has no length of its own. As tables 0x0100 of JT/T 808-2011, -2013 and -2019
 * have it, checked against the open servers yezhihao/jt808-server and toggery/java-jt808-messagebody.
 */
const REGISTRATION = {
  y2011: { before: 2 + 2 + 5 + 8, id: 7 },
  y2013: { before: 2 + 2 + 5 + 20, id: 7 },
  y2019: { before: 2 + 2 + 11 + 30, id: 30 },
} as const;

/** Colours of plates by JT/T 697.7: none to other, and those of new and of farm vehicles. */
const isColour = (byte = NaN): boolean => byte <= 9 || (byte >= 91 && byte <= 94);

/**
 * The dialects of 2011 and 2013 differ by the length of the model alone. One of 2011 with a plate is shorter than any of
 * 2013; one with a vehicle's number of 17 letters is not, but then what would be the colour of 2013 is a letter.
 */
export function readRegistration(
  bytes: Uint8Array,
  from: number,
  end: number,
  is2019: boolean,
): Registration | undefined {
  const { y2011, y2013, y2019 } = REGISTRATION;
  const colourAt = from + y2013.before + y2013.id;
  const is2013 = colourAt < end && isColour(bytes[colourAt]);
  const { before, id } = is2019 ? y2019 : is2013 ? y2013 : y2011;
  if (end - from < before + id + 1) return undefined;
  return { terminalId: readAscii(bytes, from + before, from + before + id) };
}

/** The body of a registration, of a dialect, without maker, model and plate. */
export function writeRegistration(dialect: keyof typeof REGISTRATION, terminalId: string): Uint8Array {
  const { before, id } = REGISTRATION[dialect];
  const bytes = new Uint8Array(before + id + 1);
  bytes.set(ascii(terminalId.slice(0, id)), before);
  return bytes;
}

/** The code of an authentication, or undefined when there is none. */
export function readAuthentication(
  bytes: Uint8Array,
  from: number,
  end: number,
  is2019: boolean,
): string | undefined {
  if (!is2019) return readAscii(bytes, from, end) || undefined;
  const codeEnd = from + 1 + (bytes[from] ?? 0);
  return codeEnd <= end ? readAscii(bytes, from + 1, codeEnd) || undefined : undefined;
}

/** The body of an authentication; that of 2019 also holds IMEI and version, left empty. */
export function writeAuthentication(code: string, is2019: boolean): Uint8Array {
  if (!is2019) return ascii(code);
  const bytes = new Uint8Array(1 + code.length + 15 + 20);
  bytes[0] = code.length;
  bytes.set(ascii(code), 1);
  return bytes;
}

/** A general answer, of either side: to which message, and what came of it. */
export interface GeneralAnswer {
  readonly serial: number;
  readonly id: number;
  readonly result: number;
}

export function readGeneralAnswer(bytes: Uint8Array, from: number, end: number): GeneralAnswer | undefined {
  if (end - from < 5) return undefined;
  return { serial: word(bytes, from), id: word(bytes, from + 2), result: bytes[from + 4] ?? 1 };
}

export function writeGeneralAnswer({ serial, id, result }: GeneralAnswer): Uint8Array {
  return Uint8Array.of(serial >> 8, serial & 0xff, id >> 8, id & 0xff, result);
}

/** The serial of the message that a body answers, which stands first in it. */
export const readAnsweredSerial = (bytes: Uint8Array, from: number, end: number): number | undefined =>
  end - from < 2 ? undefined : word(bytes, from);

/** The answer to a registration; the code follows only where it succeeded. */
export function writeRegisterAnswer(serial: number, result: number, code = ''): Uint8Array {
  return Uint8Array.from([serial >> 8, serial & 0xff, result, ...ascii(code)]);
}

export function readRegisterAnswer(
  bytes: Uint8Array,
  from: number,
  end: number,
): { readonly serial: number; readonly result: number; readonly code: string } | undefined {
  if (end - from < 3) return undefined;
  return { serial: word(bytes, from), result: bytes[from + 2] ?? 1, code: readAscii(bytes, from + 3, end) };
}

/**
 * Asks for sub-packages that did not come (0x8003; 0x0005 is the same from a terminal): the serial of the first one, how
 * many, and their indices. The count is a BYTE in 2011 and 2013 and a WORD in 2019: so yezhihao/jt808-server and
 * toggery/java-jt808-messagebody, which were checked, write it.
 */
export function writeResend(firstSerial: number, indices: readonly number[], is2019: boolean): Uint8Array {
  const head = is2019 ? 4 : 3;
  const bytes = new Uint8Array(head + 2 * indices.length);
  putWord(bytes, 0, firstSerial);
  if (is2019) putWord(bytes, 2, indices.length);
  else bytes[2] = indices.length;
  indices.forEach((index, i) => putWord(bytes, head + 2 * i, index));
  return bytes;
}

/** How a terminal shows a text, as bits: on its display, read aloud. */
const TEXT_SHOWN = (1 << 2) | (1 << 3);
/** Bit 0 of the dialects of 2011 and 2013. */
const TEXT_URGENT = 1;
/** Bits 0 and 1 of the dialect of 2019 are one number: 1 service, 2 urgent, 3 notice. */
const TEXT_KINDS = { urgent: 2, notice: 3 } as const;
/** The type that stands beside them in 2019: 1 notice, 2 service. */
const TEXT_NOTICE = 1;

/** A text for the crew, at most 1024 bytes of GBK: shown and read aloud, as urgent or as a notice. */
export function writeText(gbk: Uint8Array, isUrgent: boolean, is2019: boolean): Uint8Array {
  if (!is2019) return Uint8Array.from([TEXT_SHOWN | (isUrgent ? TEXT_URGENT : 0), ...gbk]);
  const kind = isUrgent ? TEXT_KINDS.urgent : TEXT_KINDS.notice;
  return Uint8Array.from([TEXT_SHOWN | kind, TEXT_NOTICE, ...gbk]);
}

/** Asks for a location each `everyS` seconds, for `forS` seconds; 0 ends it. */
export function writeTracking(everyS: number, forS: number): Uint8Array {
  if (everyS === 0) return new Uint8Array(2);
  const view = new DataView(new ArrayBuffer(6));
  view.setUint16(0, everyS);
  view.setUint32(2, forS);
  return new Uint8Array(view.buffer);
}

/** BCD `YYMMDDhhmmss`, to ms since 1970; NaN for digits that are no time. */
function readClock(bytes: Uint8Array, at: number): number {
  const [year, month, day] = [pair(bytes, at), pair(bytes, at + 1), pair(bytes, at + 2)];
  const [hour, minute, second] = [pair(bytes, at + 3), pair(bytes, at + 4), pair(bytes, at + 5)];
  if (!(hour <= 23 && minute <= 59 && second <= 59)) return NaN;
  const midnight = Date.UTC(2000 + year, month - 1, day);
  // A day that there is not rolls over into another one.
  if (!(month >= 1 && month <= 12) || new Date(midnight).getUTCDate() !== day) return NaN;
  return midnight + ((hour * 60 + minute) * 60 + second) * 1_000 - CHINA_MS;
}

function writeClock(bytes: Uint8Array, at: number, ms: number): void {
  const digits = new Date(ms + CHINA_MS).toISOString().replace(/\D/g, '').slice(2, 14);
  for (let i = 0; i < 6; i++) bytes[at + i] = parseInt(digits.slice(2 * i, 2 * i + 2), 16);
}

/** Two decimal digits; NaN where a nibble is none. */
function pair(bytes: Uint8Array, at: number): number {
  const byte = bytes[at] ?? 0xff;
  const [tens, ones] = [byte >> 4, byte & 15];
  return tens <= 9 && ones <= 9 ? tens * 10 + ones : NaN;
}

const word = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);

const double = (bytes: Uint8Array, at: number): number => word(bytes, at) * 0x10000 + word(bytes, at + 2);

function putWord(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >> 8;
  bytes[at + 1] = value & 0xff;
}

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0) & 0x7f);

/** Text up to the first NUL, without blanks around it; what pads a field before the text is passed over. */
function readAscii(bytes: Uint8Array, from: number, end: number): string {
  let text = '';
  for (let at = from; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === 0 && text !== '') break;
    if (byte !== 0) text += String.fromCharCode(byte);
  }
  return text.trim();
}
