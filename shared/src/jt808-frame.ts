// JT/T 808 on the wire: 7E | header | body | xor | 7E, big-endian, with 7E and 7D escaped in between. The xor is over
// everything from the header on. Header: id, attributes, [2019: protocol version], terminal number in BCD (6 bytes; 2019:
// 10), serial, [in a sub-package: how many there are, which one this is, from 1].
const MARK = 0x7e;
const ESCAPE = 0x7d;
/** Bits 0–9 of the attributes. */
export const MAX_BODY_BYTES = 1023;
const PART_FLAG = 1 << 13;
const FLAG_2019 = 1 << 14;
const HEADER_BYTES = 12;
const HEADER_BYTES_2019 = 17;
const PART_BYTES = 4;
/** The longest frame there can be, unescaped: header, body, xor. */
const MAX_FRAME_BYTES = HEADER_BYTES_2019 + PART_BYTES + MAX_BODY_BYTES + 1;

/** Ids of the messages that we read or write; the first digit 8 says that the platform speaks. */
export const JT808 = {
  terminalAnswer: 0x0001,
  heartbeat: 0x0002,
  logout: 0x0003,
  register: 0x0100,
  authenticate: 0x0102,
  location: 0x0200,
  locationAnswer: 0x0201,
  locationBatch: 0x0704,
  platformAnswer: 0x8001,
  resendParts: 0x8003,
  registerAnswer: 0x8100,
  queryLocation: 0x8201,
  trackLocation: 0x8202,
  text: 0x8300,
} as const;

/** What is wrong with bytes that are no frame. */
export type FrameFault = 'checksum' | 'escape' | 'too-long' | 'too-short' | 'length';

/**
 * A frame as `FrameReader` hands it over: one object and one buffer for all of them, so whoever wants to keep
 * something copies it before the callback ends.
 */
export interface TerminalFrame {
  readonly bytes: Uint8Array;
  id: number;
  serial: number;
  is2019: boolean;
  /** 0 plain; bit 0: RSA. */
  encryption: number;
  /** Sub-packages of the message, 0 for one that came whole; `index` counts them from 1. */
  total: number;
  index: number;
  /** The terminal number's BCD is `bytes` from here to there, and the body likewise. */
  numberAt: number;
  numberEnd: number;
  bodyAt: number;
  bodyEnd: number;
}

/** What becomes of a frame; `false` holds back whatever follows it in the same bytes. */
export type OnFrame = (frame: TerminalFrame) => boolean;

/**
 * Finds the frames in the bytes of one connection, however they were cut or run together. What stands outside of
 * frames, and what is too long for one, is dropped and told; never is more kept than the longest frame has.
 */
export class FrameReader {
  readonly #bytes = new Uint8Array(MAX_FRAME_BYTES);
  readonly #frame: TerminalFrame = { ...NO_FRAME, bytes: this.#bytes };
  #length = 0;
  #isInside = false;
  #isEscaped = false;

  constructor(
    private readonly onFrame: OnFrame,
    private readonly onFault: (fault: FrameFault) => void,
  ) {}

  /** Reads `chunk` from `from`; answers where it stopped: at the end, or behind a frame that held the rest back. */
  push(chunk: Uint8Array, from = 0): number {
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0;
      if (byte === MARK) {
        if (!this.#close()) return at + 1;
      } else if (this.#isInside) this.#take(byte);
    }
    return chunk.length;
  }

  #take(byte: number): void {
    if (this.#isEscaped) {
      if (byte !== 1 && byte !== 2) return this.#drop('escape');
      this.#isEscaped = false;
      byte = byte === 2 ? MARK : ESCAPE;
    } else if (byte === ESCAPE) {
      this.#isEscaped = true;
      return;
    }
    if (this.#length === MAX_FRAME_BYTES) return this.#drop('too-long');
    this.#bytes[this.#length++] = byte;
  }

  #drop(fault: FrameFault): void {
    this.#isInside = this.#isEscaped = false;
    this.#length = 0;
    this.onFault(fault);
  }

  /** A mark ends a frame and may at once begin the next one: two marks between frames and one read alike. */
  #close(): boolean {
    const length = this.#length;
    const isCut = this.#isEscaped;
    this.#length = 0;
    this.#isInside = true;
    this.#isEscaped = false;
    if (length === 0 && !isCut) return true;
    const fault = isCut ? 'escape' : this.#parse(length);
    if (fault === undefined) return this.onFrame(this.#frame);
    this.onFault(fault);
    return true;
  }

  #parse(length: number): FrameFault | undefined {
    const bytes = this.#bytes;
    if (length < HEADER_BYTES + 1) return 'too-short';
    let sum = 0;
    for (let at = 0; at < length; at++) sum ^= bytes[at] ?? 0;
    if (sum !== 0) return 'checksum';
    const frame = this.#frame;
    const attributes = word(bytes, 2);
    const isPart = (attributes & PART_FLAG) !== 0;
    frame.id = word(bytes, 0);
    frame.is2019 = (attributes & FLAG_2019) !== 0;
    frame.encryption = (attributes >> 10) & 7;
    frame.numberAt = frame.is2019 ? 5 : 4;
    frame.numberEnd = frame.numberAt + (frame.is2019 ? 10 : 6);
    frame.bodyAt = frame.numberEnd + 2 + (isPart ? PART_BYTES : 0);
    frame.bodyEnd = frame.bodyAt + (attributes & MAX_BODY_BYTES);
    if (frame.bodyEnd + 1 !== length) return 'length';
    frame.serial = word(bytes, frame.numberEnd);
    frame.total = isPart ? word(bytes, frame.numberEnd + 2) : 0;
    frame.index = isPart ? word(bytes, frame.numberEnd + 4) : 0;
    return undefined;
  }
}

const NO_FRAME = {
  id: 0,
  serial: 0,
  is2019: false,
  encryption: 0,
  total: 0,
  index: 0,
  numberAt: 0,
  numberEnd: 0,
  bodyAt: 0,
  bodyEnd: 0,
};

const word = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);

/** Whom frames are written for or by: how its dialect writes a header, and its number. */
export interface TerminalAddress {
  readonly is2019: boolean;
  /** BCD: 10 bytes in the dialect of 2019, else 6. */
  readonly number: Uint8Array;
}

/** Escaped frames of one terminal, gathered in one buffer until they are taken. */
export class FrameWriter {
  #bytes = new Uint8Array(256);
  #length = 0;
  #sum = 0;

  constructor(private readonly address: TerminalAddress) {}

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  /**
   * Adds a frame.
   * @throws RangeError for a body that wants sub-packages; see `writeMessage`
   */
  add(id: number, serial: number, body: Uint8Array, part?: { total: number; index: number }): void {
    if (body.length > MAX_BODY_BYTES)
      throw new RangeError(`at most ${MAX_BODY_BYTES} bytes wanted, ${body.length} seen`);
    const { is2019, number } = this.address;
    this.#grow(2 * (MAX_FRAME_BYTES - MAX_BODY_BYTES + body.length) + 2);
    this.#bytes[this.#length++] = MARK;
    this.#sum = 0;
    this.#word(id);
    this.#word(body.length | (part ? PART_FLAG : 0) | (is2019 ? FLAG_2019 : 0));
    if (is2019) this.#byte(1);
    for (const byte of number) this.#byte(byte);
    this.#word(serial);
    if (part) {
      this.#word(part.total);
      this.#word(part.index);
    }
    for (let at = 0; at < body.length; at++) this.#byte(body[at] ?? 0);
    this.#byte(this.#sum);
    this.#bytes[this.#length++] = MARK;
  }

  /** The frames since the last time, as bytes of their own. */
  take(): Uint8Array {
    const taken = this.#bytes.slice(0, this.#length);
    this.#length = 0;
    return taken;
  }

  #word(value: number): void {
    this.#byte((value >> 8) & 0xff);
    this.#byte(value & 0xff);
  }

  #byte(byte: number): void {
    this.#sum ^= byte;
    if (byte === MARK || byte === ESCAPE) {
      this.#bytes[this.#length++] = ESCAPE;
      this.#bytes[this.#length++] = byte === MARK ? 2 : 1;
    } else this.#bytes[this.#length++] = byte;
  }

  #grow(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const wider = new Uint8Array(2 * (this.#length + more));
    wider.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = wider;
  }
}

/** Adds a message, cut into sub-packages where it is too long for one frame; answers how many serials it took. */
export function writeMessage(writer: FrameWriter, id: number, serial: number, body: Uint8Array): number {
  if (body.length <= MAX_BODY_BYTES) {
    writer.add(id, serial, body);
    return 1;
  }
  const total = Math.ceil(body.length / MAX_BODY_BYTES);
  for (let i = 0; i < total; i++) {
    const part = body.subarray(i * MAX_BODY_BYTES, (i + 1) * MAX_BODY_BYTES);
    writer.add(id, (serial + i) & 0xffff, part, { total, index: i + 1 });
  }
  return total;
}

/** The digits of a terminal number without leading zeros, or undefined where a nibble is none. */
export function readTerminalNumber(bytes: Uint8Array, from: number, end: number): string | undefined {
  let digits = '';
  for (let at = from; at < end; at++) digits += (bytes[at] ?? 0).toString(16).padStart(2, '0');
  return /^\d+$/.test(digits) ? digits.replace(/^0+(?=\d)/, '') : undefined;
}

/**
 * A terminal number as its dialect writes it: 6 bytes of BCD, or 10 in that of 2019, with zeros before it.
 * @throws RangeError for what is no number of at most 12, or 20, digits
 */
export function writeTerminalNumber(number: string, is2019: boolean): Uint8Array {
  const digits = is2019 ? 20 : 12;
  if (!/^\d+$/.test(number) || number.length > digits)
    throw new RangeError(`at most ${digits} digits wanted, ${number} seen`);
  const padded = number.padStart(digits, '0');
  return Uint8Array.from({ length: digits / 2 }, (_, i) => parseInt(padded.slice(2 * i, 2 * i + 2), 16));
}
