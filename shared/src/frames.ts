// The `positions` event as bytes: what one scope's teams do at one tick, encoded once and sent as it is to every
// screen. In: typed arrays of the fleet. Out: a keyframe (everything) or a delta (what changed since the tick
// before). Encoder and decoder hold the same whole numbers and a delta is a difference of those, so that no error
// adds up: a decoded place lies within 0.25 m of the fix, a decoded time within 1 s. Every byte is told in
// .github/docs/frames.md. Nothing here reads a clock, and no bytes make the decoder throw.
import { murmur3, utf8 } from './digest.js';
import { METRES_PER_DEGREE } from './geo.js';

/** First byte of every frame; another one means that the rest cannot be read. */
export const FRAME_PROTOCOL = 1;

const STEP_M = 0.25;
const HEADER_BYTES = 28;
const GRID_BYTES = 32;
const PLACED_BYTES = 10;
/** Longest record of a delta: escape, op, place, motion, age. */
const RECORD_BYTES = 12;
const LIMIT = 0x7fffff;
const UNKNOWN = 255;
const MAX_AGE_S = 0xffff;

const FLAG = { keyframe: 1, seen: 2 } as const;
const ESCAPE = 0x80;
/** Op byte after an escape: which fields follow, in this order. 0 alone: the slot has no fix any longer. */
const OP = { place: 1, leap: 2, step: 4, motion: 8, age: 16 } as const;

/** The flat grid of a scope: an origin in degrees and the degrees of one step of 0.25 m. */
export interface FrameGrid {
  readonly lng: number;
  readonly lat: number;
  readonly stepLng: number;
  readonly stepLat: number;
}

/**
 * The grid around an origin; it reaches 2,097 km to each side and crosses the antimeridian.
 * @throws RangeError for an origin beyond ±180° or, since steps east lose their size there, beyond ±80° of latitude
 */
export function frameGrid(lng: number, lat: number): FrameGrid {
  if (!(Math.abs(lng) <= 180)) throw new RangeError(`frameGrid: longitude within ±180° wanted, ${lng} seen`);
  if (!(Math.abs(lat) <= 80)) throw new RangeError(`frameGrid: latitude within ±80° wanted, ${lat} seen`);
  const stepLat = STEP_M / METRES_PER_DEGREE;
  return { lng, lat, stepLng: stepLat / cosDeg(lat), stepLat };
}

/** What a scope's slots show now. The columns may be those of a whole fleet: `rows[slot]` says which row, −1 none. */
export interface FrameView {
  /** Slots in use, taken from the start of `rows`. */
  readonly count: number;
  readonly rows: Int32Array;
  readonly lng: Float64Array;
  readonly lat: Float64Array;
  /** Degrees clockwise from north, NaN when unknown. */
  readonly headingDeg: Float32Array;
  /** km/h, NaN when unknown. */
  readonly speedKmh: Float32Array;
  /** Ms since 1970; 0 or NaN: no fix. A row that changes must change this. */
  readonly observedAt: Float64Array;
}

/** Which frame: tick and roster version are unsigned 32-bit numbers, `at` the server's time in ms since 1970. */
export interface FrameMoment {
  readonly tick: number;
  readonly at: number;
  readonly roster: number;
}

export interface FrameHeader extends FrameMoment {
  readonly isKeyframe: boolean;
  readonly hasSeen: boolean;
  /** `scopeFingerprint` of the scope. */
  readonly scope: number;
  /** Implied age of what a delta tells without an age, ms. */
  readonly lagMs: number;
  readonly count: number;
}

/** The number that stands for a scope in a frame: murmur3 with seed 0 over the UTF-8 of its id. */
export function scopeFingerprint(scope: string): number {
  return murmur3(utf8(scope), 0);
}

/** The header of a frame, or undefined when it is of another protocol, cut short or has flags that nobody defined. */
export function readFrameHeader(bytes: Uint8Array): FrameHeader | undefined {
  if (bytes.length < HEADER_BYTES || bytes[0] !== FRAME_PROTOCOL) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const flags = view.getUint8(1);
  const at = view.getFloat64(16, true);
  if (flags > FLAG.seen || !Number.isFinite(at)) return undefined;
  return {
    isKeyframe: flags === FLAG.keyframe,
    hasSeen: flags === FLAG.seen,
    lagMs: view.getUint16(2, true),
    scope: view.getUint32(4, true),
    roster: view.getUint32(8, true),
    tick: view.getUint32(12, true),
    at,
    count: view.getUint32(24, true),
  };
}

/**
 * Writes the frames of one scope. It holds what the screens were last told, slot by slot; one encoder serves them
 * all. A fix that the grid cannot hold within 0.25 m is left out, as if there were none, and counted in `offGrid`.
 */
export class FrameEncoder {
  /** Slots left out of the last frame because their place lies off the grid. */
  offGrid = 0;

  readonly #scope: number;
  readonly #grid: FrameGrid;
  /** Nearer to the equator than this a step east grows too long: 1.7 times 0.125 m keeps the diagonal under 0.25 m. */
  readonly #lowestLat: number;
  readonly #next = { x: 0, y: 0, heading: 0, speed: 0 };
  readonly #lags = new LagWindow();
  #moment: FrameMoment | undefined;
  #current: Uint8Array | undefined;
  #count = 0;
  #x = new Int32Array(0);
  #y = new Int32Array(0);
  #heading = new Uint8Array(0);
  #speed = new Uint8Array(0);
  /** What was sent, ms since 1970; 0: the slot is empty. */
  #observedAt = new Float64Array(0);
  #scratch = new Uint8Array(0);

  constructor(scope: string, grid: FrameGrid) {
    this.#scope = scopeFingerprint(scope);
    this.#grid = grid;
    this.#lowestLat = Math.acos(Math.min(1, 1.7 * cosDeg(grid.lat))) * (180 / Math.PI);
  }

  /** Takes over the view and tells all of it, for the whole room. The bytes are shared with `current`: write nothing into them. */
  keyframe(view: FrameView, moment: FrameMoment): Uint8Array {
    this.#grow(view.count);
    this.offGrid = 0;
    for (let slot = 0; slot < this.#count; slot++) {
      const row = slot < view.count ? (view.rows[slot] ?? -1) : -1;
      const observedAt = row < 0 ? 0 : (view.observedAt[row] ?? 0);
      if (observedAt > 0 && this.#quantise(view, row)) this.#store(slot, observedAt);
      else this.#observedAt[slot] = 0;
    }
    this.#moment = moment;
    this.#current = this.#writeKeyframe(moment);
    return this.#current;
  }

  /**
   * The last frame's state as a keyframe, for a screen that joins or has fallen behind: the next delta follows it.
   * Built once per tick however many ask. Its roster version is the last frame's.
   * @throws RangeError before the first keyframe
   */
  current(): Uint8Array {
    if (!this.#moment) throw new RangeError('FrameEncoder: a keyframe wanted before current, none seen');
    this.#current ??= this.#writeKeyframe(this.#moment);
    return this.#current;
  }

  /**
   * Tells what changed since the frame before.
   * @throws RangeError unless the tick is the one after that of the frame before: then a keyframe is due
   */
  delta(view: FrameView, moment: FrameMoment): Uint8Array {
    const wanted = this.#moment ? (this.#moment.tick + 1) >>> 0 : 'a keyframe first';
    if (moment.tick !== wanted)
      throw new RangeError(`FrameEncoder: tick ${wanted} wanted, ${moment.tick} seen`);
    this.#grow(view.count);
    this.#moment = moment;
    this.#current = undefined;
    return this.#writeDelta(view, moment);
  }

  #writeDelta(view: FrameView, moment: FrameMoment): Uint8Array {
    const count = this.#count;
    const bitmapBytes = (count + 7) >> 3;
    const changedAt = HEADER_BYTES;
    const seenAt = changedAt + bitmapBytes;
    const recordsAt = seenAt + bitmapBytes;
    const out = this.#clean(recordsAt + count * RECORD_BYTES, recordsAt);
    const lagMs = this.#lagOf(view, moment.at);
    let end = recordsAt;
    let isAnySeen = false;
    this.offGrid = 0;

    for (let slot = 0; slot < count; slot++) {
      const row = slot < view.count ? (view.rows[slot] ?? -1) : -1;
      const observedAt = row < 0 ? 0 : (view.observedAt[row] ?? 0);
      const sentAt = this.#observedAt[slot] ?? 0;
      if (observedAt === sentAt || (!(observedAt > 0) && sentAt === 0)) continue;

      const bit = 1 << (slot & 7);
      if (!(observedAt > 0) || !this.#quantise(view, row)) {
        if (sentAt === 0) continue;
        out[changedAt + (slot >> 3)] = (out[changedAt + (slot >> 3)] ?? 0) | bit;
        out[end++] = ESCAPE;
        out[end++] = 0;
        this.#observedAt[slot] = 0;
        continue;
      }

      const isLate = Math.abs(moment.at - observedAt - lagMs) > LagWindow.REACH_MS;
      if (!isLate && sentAt > 0 && this.#isStill(slot)) {
        out[seenAt + (slot >> 3)] = (out[seenAt + (slot >> 3)] ?? 0) | bit;
        isAnySeen = true;
      } else {
        out[changedAt + (slot >> 3)] = (out[changedAt + (slot >> 3)] ?? 0) | bit;
        end = this.#writeRecord(out, end, slot, isLate ? ageS(moment.at, observedAt) : undefined);
      }
      this.#store(slot, observedAt);
    }

    if (!isAnySeen) {
      out.copyWithin(seenAt, recordsAt, end);
      end -= bitmapBytes;
    }
    this.#writeHeader(out, moment, isAnySeen ? FLAG.seen : 0, lagMs);
    return out.slice(0, end);
  }

  /** One record of a delta from what the slot held to `#next`; answers where the next record begins. */
  #writeRecord(out: Uint8Array, start: number, slot: number, age: number | undefined): number {
    const { x, y, heading, speed } = this.#next;
    const isNew = this.#observedAt[slot] === 0;
    const dx = x - (this.#x[slot] ?? 0);
    const dy = y - (this.#y[slot] ?? 0);
    const isStep = !isNew && dx >= -127 && dx <= 127 && dy >= -127 && dy <= 127;
    let end = start;
    if (isStep && age === undefined) {
      out[end++] = dx;
      out[end++] = dy;
      out[end++] = heading;
      out[end++] = speed;
      return end;
    }

    const isLeap = !isNew && dx >= -0x8000 && dx <= 0x7fff && dy >= -0x8000 && dy <= 0x7fff;
    const isTurned = isNew || heading !== this.#heading[slot] || speed !== this.#speed[slot];
    let op: number = isStep ? OP.step : isLeap ? OP.leap : OP.place;
    if (!isNew && dx === 0 && dy === 0) op = 0;
    if (isTurned) op |= OP.motion;
    if (age !== undefined) op |= OP.age;

    out[end++] = ESCAPE;
    out[end++] = op;
    if (op & OP.place) {
      end = writeInt24(out, end, x);
      end = writeInt24(out, end, y);
    } else if (op & OP.leap) {
      end = writeInt16(out, end, dx);
      end = writeInt16(out, end, dy);
    } else if (op & OP.step) {
      out[end++] = dx;
      out[end++] = dy;
    }
    if (op & OP.motion) {
      out[end++] = heading;
      out[end++] = speed;
    }
    return age === undefined ? end : writeInt16(out, end, age);
  }

  #writeKeyframe(moment: FrameMoment): Uint8Array {
    const count = this.#count;
    const presentAt = HEADER_BYTES + GRID_BYTES;
    const recordsAt = presentAt + ((count + 7) >> 3);
    const out = this.#clean(recordsAt + count * PLACED_BYTES, recordsAt);
    this.#writeHeader(out, moment, FLAG.keyframe, 0);
    const { lng, lat, stepLng, stepLat } = this.#grid;
    const grid = new DataView(out.buffer, HEADER_BYTES, GRID_BYTES);
    [lng, lat, stepLng, stepLat].forEach((value, i) => grid.setFloat64(i * 8, value, true));

    let end = recordsAt;
    for (let slot = 0; slot < count; slot++) {
      const observedAt = this.#observedAt[slot] ?? 0;
      if (observedAt === 0) continue;
      out[presentAt + (slot >> 3)] = (out[presentAt + (slot >> 3)] ?? 0) | (1 << (slot & 7));
      end = writeInt24(out, end, this.#x[slot] ?? 0);
      end = writeInt24(out, end, this.#y[slot] ?? 0);
      out[end++] = this.#heading[slot] ?? UNKNOWN;
      out[end++] = this.#speed[slot] ?? UNKNOWN;
      end = writeInt16(out, end, ageS(moment.at, observedAt));
    }
    return out.slice(0, end);
  }

  #writeHeader(out: Uint8Array, { tick, at, roster }: FrameMoment, flags: number, lagMs: number): void {
    const header = new DataView(out.buffer, 0, HEADER_BYTES);
    header.setUint8(0, FRAME_PROTOCOL);
    header.setUint8(1, flags);
    header.setUint16(2, lagMs, true);
    header.setUint32(4, this.#scope, true);
    header.setUint32(8, roster, true);
    header.setUint32(12, tick, true);
    header.setFloat64(16, at, true);
    header.setUint32(24, this.#count, true);
  }

  /** The age that most of what is new has, so that those need not tell theirs. */
  #lagOf(view: FrameView, at: number): number {
    this.#lags.clear();
    for (let slot = 0; slot < view.count; slot++) {
      const row = view.rows[slot] ?? -1;
      if (row < 0) continue;
      const observedAt = view.observedAt[row] ?? 0;
      if (observedAt !== this.#observedAt[slot]) this.#lags.add(at - observedAt);
    }
    return this.#lags.centreMs();
  }

  /** Puts the row's place and motion into `#next` as whole numbers; false when its place lies off the grid. */
  #quantise(view: FrameView, row: number): boolean {
    const lng = view.lng[row] ?? NaN;
    const lat = view.lat[row] ?? NaN;
    const { lng: lng0, lat: lat0, stepLng, stepLat } = this.#grid;
    const x = rounded(wrapDeg(lng - lng0) / stepLng);
    const y = rounded((lat - lat0) / stepLat);
    // Written so that NaN is off the grid.
    const isWithin = Math.abs(x) <= LIMIT && Math.abs(y) <= LIMIT && Math.abs(lng) <= 180;
    if (!isWithin || !(Math.abs(lat) >= this.#lowestLat && Math.abs(lat) <= 90)) {
      this.offGrid++;
      return false;
    }
    const next = this.#next;
    next.x = x;
    next.y = y;
    next.heading = headingByte(view.headingDeg[row] ?? NaN);
    next.speed = speedByte(view.speedKmh[row] ?? NaN);
    return true;
  }

  #isStill(slot: number): boolean {
    const { x, y, heading, speed } = this.#next;
    return (
      x === this.#x[slot] &&
      y === this.#y[slot] &&
      heading === this.#heading[slot] &&
      speed === this.#speed[slot]
    );
  }

  #store(slot: number, observedAt: number): void {
    const { x, y, heading, speed } = this.#next;
    this.#x[slot] = x;
    this.#y[slot] = y;
    this.#heading[slot] = heading;
    this.#speed[slot] = speed;
    this.#observedAt[slot] = observedAt;
  }

  #grow(count: number): void {
    this.#count = Math.max(this.#count, count);
    if (this.#count <= this.#x.length) return;
    const capacity = doubled(this.#x.length, this.#count);
    this.#x = grown(this.#x, new Int32Array(capacity));
    this.#y = grown(this.#y, new Int32Array(capacity));
    this.#heading = grown(this.#heading, new Uint8Array(capacity));
    this.#speed = grown(this.#speed, new Uint8Array(capacity));
    this.#observedAt = grown(this.#observedAt, new Float64Array(capacity));
  }

  /** Room for `bytes`, of which the first `zeros` are cleared: bitmaps are only ever or-ed into. */
  #clean(bytes: number, zeros: number): Uint8Array<ArrayBuffer> {
    if (this.#scratch.length < bytes) this.#scratch = new Uint8Array(doubled(this.#scratch.length, bytes));
    return this.#scratch.fill(0, 0, zeros);
  }
}

/**
 * `ok`: applied. `gap`: a frame is missing, ask for a keyframe. `roster`: the frame's roster version is not the one
 * held, ask for a keyframe once the roster has come. `scope`: of another scope. `protocol`: of another protocol.
 * `malformed`: not a frame. Only `ok` changes what is shown; after `gap`, `roster` and `malformed` every delta is a
 * `gap` until a keyframe is `ok`.
 */
export type FrameResult = 'ok' | 'gap' | 'roster' | 'scope' | 'protocol' | 'malformed';

/** Reads the frames of one scope into columns by slot. The columns are replaced when they grow: do not keep them. */
export class FrameDecoder {
  /** Slots that the columns are good for; what lies beyond means nothing. */
  count = 0;
  /** Tick and server time (ms since 1970) of the last frame applied. */
  tick = 0;
  at = 0;
  /** 1 where a slot has a fix; without one its other columns mean nothing. */
  present = new Uint8Array(0);
  lng = new Float64Array(0);
  lat = new Float64Array(0);
  /** Degrees clockwise from north within 0.71°, NaN when unknown. */
  headingDeg = new Float32Array(0);
  /** km/h within 0.5, 254 for all above, NaN when unknown. */
  speedKmh = new Float32Array(0);
  /** Ms since 1970, by the server's clock, within 1 s; at least 65,535 s old when that old; never later than `at`. */
  observedAt = new Float64Array(0);

  readonly #scope: number;
  #slots: readonly (string | null)[] = [];
  #roster: number | undefined;
  #isSynced = false;
  #grid: FrameGrid = { lng: 0, lat: 0, stepLng: 0, stepLat: 0 };
  #x = new Int32Array(0);
  #y = new Int32Array(0);
  #heading = new Uint8Array(0);
  #speed = new Uint8Array(0);
  // A frame is read whole before any of it is shown: one line per slot told.
  #told = 0;
  #toldSlot = new Int32Array(0);
  #toldX = new Int32Array(0);
  #toldY = new Int32Array(0);
  #toldHeading = new Uint8Array(0);
  #toldSpeed = new Uint8Array(0);
  /** 0: the fix is gone. */
  #toldAt = new Float64Array(0);

  constructor(scope: string) {
    this.#scope = scopeFingerprint(scope);
  }

  /** Takes the roster that came before the frames of its version. A slot whose team changed is emptied at once. */
  useRoster({
    version,
    slots,
  }: {
    readonly version: number;
    readonly slots: readonly (string | null)[];
  }): void {
    this.#grow(slots.length);
    for (let slot = 0; slot < this.count; slot++) {
      if (slots[slot] !== this.#slots[slot]) this.present[slot] = 0;
    }
    this.#slots = [...slots];
    this.#roster = version;
  }

  /** The team of a slot, or undefined when it has none. */
  teamOf(slot: number): string | undefined {
    return this.#slots[slot] ?? undefined;
  }

  apply(bytes: Uint8Array): FrameResult {
    if (bytes.length > 0 && bytes[0] !== FRAME_PROTOCOL) return 'protocol';
    const header = readFrameHeader(bytes);
    if (!header) return this.#lose('malformed');
    if (header.scope !== this.#scope) return 'scope';
    if (header.roster !== this.#roster) return this.#lose('roster');
    const isNext = this.#isSynced && header.tick === (this.tick + 1) >>> 0;
    if (!header.isKeyframe && !isNext) return this.#lose('gap');
    if (header.count > this.count) return this.#lose('malformed');

    this.#told = 0;
    const isRead = header.isKeyframe ? this.#readKeyframe(bytes, header) : this.#readDelta(bytes, header);
    if (!isRead) return this.#lose('malformed');
    if (header.isKeyframe) this.present.fill(0);
    this.#show();
    this.#isSynced = true;
    this.tick = header.tick;
    this.at = header.at;
    return 'ok';
  }

  #lose(result: FrameResult): FrameResult {
    this.#isSynced = false;
    return result;
  }

  #readKeyframe(bytes: Uint8Array, { at, count }: FrameHeader): boolean {
    const presentAt = HEADER_BYTES + GRID_BYTES;
    let next = presentAt + ((count + 7) >> 3);
    if (bytes.length < next || hasStrayBits(bytes, presentAt, count)) return false;
    const view = new DataView(bytes.buffer, bytes.byteOffset + HEADER_BYTES, GRID_BYTES);
    const [lng, lat] = [view.getFloat64(0, true), view.getFloat64(8, true)];
    const [stepLng, stepLat] = [view.getFloat64(16, true), view.getFloat64(24, true)];
    const isGrid = Math.abs(lng) <= 180 && Math.abs(lat) <= 90 && isStepDeg(stepLng) && isStepDeg(stepLat);
    if (!isGrid) return false;

    for (let slot = 0; slot < count; slot++) {
      if (!hasBit(bytes, presentAt, slot)) continue;
      if (bytes.length < next + PLACED_BYTES) return false;
      const line = this.#told++;
      this.#toldSlot[line] = slot;
      this.#toldX[line] = int24At(bytes, next);
      this.#toldY[line] = int24At(bytes, next + 3);
      this.#toldHeading[line] = bytes[next + 6] ?? UNKNOWN;
      this.#toldSpeed[line] = bytes[next + 7] ?? UNKNOWN;
      this.#toldAt[line] = at - 1000 * uint16At(bytes, next + 8);
      next += PLACED_BYTES;
    }
    if (next !== bytes.length) return false;
    this.#grid = { lng, lat, stepLng, stepLat };
    return true;
  }

  #readDelta(bytes: Uint8Array, { at, count, hasSeen, lagMs }: FrameHeader): boolean {
    const bitmapBytes = (count + 7) >> 3;
    const changedAt = HEADER_BYTES;
    const seenAt = changedAt + bitmapBytes;
    let next = hasSeen ? seenAt + bitmapBytes : seenAt;
    if (bytes.length < next || hasStrayBits(bytes, changedAt, count)) return false;
    if (hasSeen && hasStrayBits(bytes, seenAt, count)) return false;

    for (let slot = 0; slot < count; slot++) {
      const isSeen = hasSeen && hasBit(bytes, seenAt, slot);
      if (hasBit(bytes, changedAt, slot)) {
        if (isSeen) return false;
        next = this.#readRecord(bytes, next, slot, at - lagMs, at);
        if (next < 0) return false;
      } else if (isSeen) {
        if (!this.present[slot]) return false;
        const line = this.#told++;
        this.#toldSlot[line] = slot;
        this.#toldX[line] = this.#x[slot] ?? 0;
        this.#toldY[line] = this.#y[slot] ?? 0;
        this.#toldHeading[line] = this.#heading[slot] ?? UNKNOWN;
        this.#toldSpeed[line] = this.#speed[slot] ?? UNKNOWN;
        this.#toldAt[line] = at - lagMs;
      }
    }
    return next === bytes.length;
  }

  /** Reads one record of a delta into the next line; answers where the next record begins, or −1. */
  #readRecord(bytes: Uint8Array, start: number, slot: number, impliedAt: number, at: number): number {
    if (bytes.length < start + 2) return -1;
    const isEscaped = bytes[start] === ESCAPE;
    const op = isEscaped ? (bytes[start + 1] ?? 0) : OP.step | OP.motion;
    let next = isEscaped ? start + 2 : start;
    const end = next + lengthOf(op);
    if (end < next || bytes.length < end) return -1;
    // An empty slot needs place and motion; that it is gone may be told again, since a roster may have emptied it.
    const isWhole = (op & (OP.place | OP.motion)) === (OP.place | OP.motion);
    if (!this.present[slot] && !isWhole && op !== 0) return -1;

    let x = this.#x[slot] ?? 0;
    let y = this.#y[slot] ?? 0;
    if (op & OP.place) {
      x = int24At(bytes, next);
      y = int24At(bytes, next + 3);
      next += 6;
    } else if (op & OP.leap) {
      x += (uint16At(bytes, next) << 16) >> 16;
      y += (uint16At(bytes, next + 2) << 16) >> 16;
      next += 4;
    } else if (op & OP.step) {
      x += ((bytes[next] ?? 0) << 24) >> 24;
      y += ((bytes[next + 1] ?? 0) << 24) >> 24;
      next += 2;
    }
    if (Math.abs(x) > LIMIT || Math.abs(y) > LIMIT) return -1;

    const line = this.#told++;
    this.#toldSlot[line] = slot;
    this.#toldX[line] = x;
    this.#toldY[line] = y;
    const isTurned = (op & OP.motion) !== 0;
    this.#toldHeading[line] = (isTurned ? bytes[next] : this.#heading[slot]) ?? UNKNOWN;
    this.#toldSpeed[line] = (isTurned ? bytes[next + 1] : this.#speed[slot]) ?? UNKNOWN;
    if (isTurned) next += 2;
    this.#toldAt[line] = op & OP.age ? at - 1000 * uint16At(bytes, next) : op === 0 ? 0 : impliedAt;
    return end;
  }

  #show(): void {
    const { lng, lat, stepLng, stepLat } = this.#grid;
    for (let line = 0; line < this.#told; line++) {
      const slot = this.#toldSlot[line] ?? 0;
      const observedAt = this.#toldAt[line] ?? 0;
      this.present[slot] = observedAt === 0 ? 0 : 1;
      if (observedAt === 0) continue;
      const x = (this.#x[slot] = this.#toldX[line] ?? 0);
      const y = (this.#y[slot] = this.#toldY[line] ?? 0);
      const heading = (this.#heading[slot] = this.#toldHeading[line] ?? UNKNOWN);
      const speed = (this.#speed[slot] = this.#toldSpeed[line] ?? UNKNOWN);
      this.lng[slot] = wrapDeg(lng + x * stepLng);
      this.lat[slot] = lat + y * stepLat;
      this.headingDeg[slot] = heading === UNKNOWN ? NaN : heading * (360 / UNKNOWN);
      this.speedKmh[slot] = speed === UNKNOWN ? NaN : speed;
      this.observedAt[slot] = observedAt;
    }
  }

  #grow(count: number): void {
    this.count = Math.max(this.count, count);
    if (this.count <= this.present.length) return;
    const capacity = doubled(this.present.length, this.count);
    this.present = grown(this.present, new Uint8Array(capacity));
    this.lng = grown(this.lng, new Float64Array(capacity));
    this.lat = grown(this.lat, new Float64Array(capacity));
    this.headingDeg = grown(this.headingDeg, new Float32Array(capacity));
    this.speedKmh = grown(this.speedKmh, new Float32Array(capacity));
    this.observedAt = grown(this.observedAt, new Float64Array(capacity));
    this.#x = grown(this.#x, new Int32Array(capacity));
    this.#y = grown(this.#y, new Int32Array(capacity));
    this.#heading = grown(this.#heading, new Uint8Array(capacity));
    this.#speed = grown(this.#speed, new Uint8Array(capacity));
    this.#toldSlot = new Int32Array(capacity);
    this.#toldX = new Int32Array(capacity);
    this.#toldY = new Int32Array(capacity);
    this.#toldHeading = new Uint8Array(capacity);
    this.#toldSpeed = new Uint8Array(capacity);
    this.#toldAt = new Float64Array(capacity);
  }
}

/** Finds the stretch of 2 s into which most ages fall, in bins of 250 ms up to 64 s. */
class LagWindow {
  /** An age this far from the centre is still told by it. */
  static readonly REACH_MS = 1000;
  static readonly #BIN_MS = 250;
  static readonly #WIDTH = (2 * LagWindow.REACH_MS) / LagWindow.#BIN_MS;
  readonly #bins = new Uint32Array(256);

  clear(): void {
    this.#bins.fill(0);
  }

  add(ageMs: number): void {
    const bin = Math.max(0, Math.floor(ageMs / LagWindow.#BIN_MS));
    if (bin < this.#bins.length) this.#bins[bin] = (this.#bins[bin] ?? 0) + 1;
  }

  /** The middle of what lies in that stretch, ms. */
  centreMs(): number {
    const bins = this.#bins;
    let [sum, most, last] = [0, 0, 0];
    for (let bin = 0; bin < bins.length; bin++) {
      sum += bins[bin] ?? 0;
      if (bin >= LagWindow.#WIDTH) sum -= bins[bin - LagWindow.#WIDTH] ?? 0;
      if (sum > most) [most, last] = [sum, bin];
    }
    // `last` is the first bin with which the stretch was full, so it is not empty itself; its start may be.
    let first = Math.max(0, last - LagWindow.#WIDTH + 1);
    while (first < last && !bins[first]) first++;
    return ((first + last + 1) * LagWindow.#BIN_MS) / 2;
  }
}

function cosDeg(degrees: number): number {
  return Math.cos((degrees * Math.PI) / 180);
}

/** Brings a longitude, or a difference of two, back into ±180°. */
function wrapDeg(degrees: number): number {
  return degrees > 180 ? degrees - 360 : degrees < -180 ? degrees + 360 : degrees;
}

/** The nearest whole number, halves up; encoding a whole fleet with Math.round takes nearly twice as long. */
function rounded(value: number): number {
  return Math.floor(value + 0.5);
}

/** 255 parts of a circle; 255 itself means unknown. */
function headingByte(headingDeg: number): number {
  if (!Number.isFinite(headingDeg)) return UNKNOWN;
  const turn = headingDeg / 360;
  return rounded((turn - Math.floor(turn)) * UNKNOWN) % UNKNOWN;
}

/** Whole km/h, 254 for all above; 255 means unknown. */
function speedByte(speedKmh: number): number {
  return speedKmh >= 0 ? Math.min(UNKNOWN - 1, rounded(speedKmh)) : UNKNOWN;
}

/** Whole seconds from a fix to its frame, 0 for a fix from ahead of the server's clock. */
function ageS(at: number, observedAt: number): number {
  return Math.min(MAX_AGE_S, Math.max(0, Math.round((at - observedAt) / 1000)));
}

/** Bytes after an op, or −1 when no encoder writes it. */
function lengthOf(op: number): number {
  const isPlaced = (op & OP.place) !== 0;
  const isLeapt = (op & OP.leap) !== 0;
  const isStepped = (op & OP.step) !== 0;
  if (op >= 2 * OP.age || Number(isPlaced) + Number(isLeapt) + Number(isStepped) > 1) return -1;
  const place = isPlaced ? 6 : isLeapt ? 4 : isStepped ? 2 : 0;
  return place + (op & OP.motion ? 2 : 0) + (op & OP.age ? 2 : 0);
}

function isStepDeg(step: number): boolean {
  return step > 0 && step <= 0.001;
}

function hasBit(bytes: Uint8Array, bitmapAt: number, slot: number): boolean {
  return (((bytes[bitmapAt + (slot >> 3)] ?? 0) >> (slot & 7)) & 1) === 1;
}

/** Whether a bitmap has bits beyond its last slot. */
function hasStrayBits(bytes: Uint8Array, bitmapAt: number, count: number): boolean {
  return (count & 7) !== 0 && (bytes[bitmapAt + (count >> 3)] ?? 0) >> (count & 7) !== 0;
}

function writeInt16(out: Uint8Array, start: number, value: number): number {
  out[start] = value;
  out[start + 1] = value >> 8;
  return start + 2;
}

function writeInt24(out: Uint8Array, start: number, value: number): number {
  out[start] = value;
  out[start + 1] = value >> 8;
  out[start + 2] = value >> 16;
  return start + 3;
}

function uint16At(bytes: Uint8Array, start: number): number {
  return (bytes[start] ?? 0) | ((bytes[start + 1] ?? 0) << 8);
}

function int24At(bytes: Uint8Array, start: number): number {
  return uint16At(bytes, start) | (((bytes[start + 2] ?? 0) << 24) >> 8);
}

function doubled(capacity: number, wanted: number): number {
  let size = Math.max(64, capacity);
  while (size < wanted) size *= 2;
  return size;
}

function grown<T extends Int32Array | Uint8Array | Float32Array | Float64Array>(old: T, wider: T): T {
  wider.set(old);
  return wider;
}
