/** Floats per team: from x, y; to x, y; heading in degrees (−1 unknown or standing); shape; colour. */
export const FLOATS_PER_TEAM = 7;
/** As many teams as a map may name; collisions thin them further. */
export const MOST_NAMES = 120;
const BYTES_PER_SLOT = 3 * 8 + FLOATS_PER_TEAM * 4 + 4;

/** West, south, east, north of what is seen. */
export type Seen = readonly [number, number, number, number];

/** What a tick says besides its columns. */
export interface TickHead {
  /** Slots that the columns are good for, and how many of them are drawn. */
  slots: number;
  drawn: number;
  /** How many of `named` are used. */
  names: number;
  /** Mercator of the place that the floats are counted from: single precision would else shake near the ground. */
  originX: number;
  originY: number;
}

/**
 * Where the teams are after a tick, in one buffer that is handed from thread to thread and back, so that a tick leaves
 * no garbage: columns by slot, and what the GPU gets, one stretch of floats per team that is drawn.
 */
export class FleetTick {
  readonly head: TickHead = { slots: 0, drawn: 0, names: 0, originX: 0, originY: 0 };
  readonly lng: Float64Array;
  readonly lat: Float64Array;
  /** Ms since 1970; 0: no fix. */
  readonly observedAt: Float64Array;
  readonly floats: Float32Array;
  /** The slot of every stretch of floats. */
  readonly drawnSlots: Int32Array;
  /** Slots whose names a map should carry, those that matter most first. */
  readonly named: Int32Array;

  /** @param buffer one made by `FleetTick.room` */
  constructor(readonly buffer: ArrayBuffer) {
    const capacity = FleetTick.capacityOf(buffer);
    let at = 0;
    const next = (bytes: number) => (at += bytes) - bytes;
    this.lng = new Float64Array(buffer, next(8 * capacity), capacity);
    this.lat = new Float64Array(buffer, next(8 * capacity), capacity);
    this.observedAt = new Float64Array(buffer, next(8 * capacity), capacity);
    this.floats = new Float32Array(buffer, next(4 * FLOATS_PER_TEAM * capacity), FLOATS_PER_TEAM * capacity);
    this.drawnSlots = new Int32Array(buffer, next(4 * capacity), capacity);
    this.named = new Int32Array(buffer, next(4 * MOST_NAMES), MOST_NAMES);
  }

  static room(slots: number): ArrayBuffer {
    let capacity = 64;
    while (capacity < slots) capacity *= 2;
    return new ArrayBuffer(capacity * BYTES_PER_SLOT + 4 * MOST_NAMES);
  }

  static capacityOf({ byteLength }: ArrayBuffer): number {
    return Math.floor((byteLength - 4 * MOST_NAMES) / BYTES_PER_SLOT);
  }
}
