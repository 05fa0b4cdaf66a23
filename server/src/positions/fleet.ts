import type { Fix } from '@app/shared';

/** A fix with the moment at which it reached us, ms since 1970. Whose device told it does not matter here. */
export type FleetFix = Omit<Fix, 'device'> & { readonly receivedAt: number };

/**
 * The newest fix of every team, one process's share of the live lane. In: fixes that a door has checked. Out:
 * columns by row, read as they are by frames and searches. Never: an older fix over a newer one, or a database.
 * A row belongs to a team until `remove`; then the next new team takes it, and `layout` rises.
 */
export class Fleet {
  /** Written into `tickMoved`; the ticker raises it. */
  tick = 0;
  /** Rises whenever a team gains or loses its row: what was derived from rows before is void. */
  layout = 0;
  /** Rows in use or free, taken from the start of the columns. */
  rowCount = 0;

  lng = new Float64Array(64);
  lat = new Float64Array(64);
  /** Degrees clockwise from north, NaN when unknown. */
  headingDeg = new Float32Array(64);
  /** km/h, NaN when unknown. */
  speedKmh = new Float32Array(64);
  /** Ms since 1970; 0 in a free row. */
  observedAt = new Float64Array(64);
  receivedAt = new Float64Array(64);
  /** The tick at which the row's newest fix was taken. */
  tickMoved = new Float64Array(64);

  readonly #teams: (string | undefined)[] = [];
  readonly #rowOf = new Map<string, number>();
  readonly #free: number[] = [];

  /** Teams with a fix. */
  get size(): number {
    return this.#rowOf.size;
  }

  rowOf(team: string): number | undefined {
    return this.#rowOf.get(team);
  }

  /** The team of a row, undefined for a free one. */
  teamOf(row: number): string | undefined {
    return this.#teams[row];
  }

  /** Takes a fix if it was observed later than the one held. One of the same moment is `older`: the first stays. */
  upsert(fix: FleetFix): 'newer' | 'older' {
    const held = this.#rowOf.get(fix.team);
    const heldAt = held === undefined ? 0 : (this.observedAt[held] ?? 0);
    if (!(fix.observedAt > heldAt)) return 'older';
    const row = held ?? this.#claim(fix.team);
    this.lng[row] = fix.lng;
    this.lat[row] = fix.lat;
    this.headingDeg[row] = fix.headingDeg;
    this.speedKmh[row] = fix.speedKmh;
    this.observedAt[row] = fix.observedAt;
    this.receivedAt[row] = fix.receivedAt;
    this.tickMoved[row] = this.tick;
    return 'newer';
  }

  /** Takes last known fixes when a process starts; answers how many were news. */
  load(fixes: Iterable<FleetFix>): number {
    let taken = 0;
    for (const fix of fixes) if (this.upsert(fix) === 'newer') taken++;
    return taken;
  }

  /** Forgets a team; false when it had no fix. */
  remove(team: string): boolean {
    const row = this.#rowOf.get(team);
    if (row === undefined) return false;
    this.#rowOf.delete(team);
    this.#teams[row] = undefined;
    this.observedAt[row] = 0;
    this.#free.push(row);
    this.layout++;
    return true;
  }

  get(team: string): FleetFix | undefined {
    const row = this.#rowOf.get(team);
    return row === undefined ? undefined : this.#at(team, row);
  }

  /** Every team's newest fix, in no promised order. */
  *[Symbol.iterator](): IterableIterator<FleetFix> {
    for (const [team, row] of this.#rowOf) yield this.#at(team, row);
  }

  /** The rows whose newest fix was taken after the given tick. */
  *movedSince(tick: number): IterableIterator<number> {
    for (let row = 0; row < this.rowCount; row++) {
      if (this.#teams[row] !== undefined && (this.tickMoved[row] ?? 0) > tick) yield row;
    }
  }

  #at(team: string, row: number): FleetFix {
    return {
      team,
      lng: this.lng[row] ?? NaN,
      lat: this.lat[row] ?? NaN,
      headingDeg: this.headingDeg[row] ?? NaN,
      speedKmh: this.speedKmh[row] ?? NaN,
      observedAt: this.observedAt[row] ?? 0,
      receivedAt: this.receivedAt[row] ?? 0,
    };
  }

  #claim(team: string): number {
    const row = this.#free.pop() ?? this.rowCount++;
    if (row >= this.lng.length) this.#double();
    this.#teams[row] = team;
    this.#rowOf.set(team, row);
    this.layout++;
    return row;
  }

  #double(): void {
    const capacity = this.lng.length * 2;
    this.lng = copied(this.lng, new Float64Array(capacity));
    this.lat = copied(this.lat, new Float64Array(capacity));
    this.headingDeg = copied(this.headingDeg, new Float32Array(capacity));
    this.speedKmh = copied(this.speedKmh, new Float32Array(capacity));
    this.observedAt = copied(this.observedAt, new Float64Array(capacity));
    this.receivedAt = copied(this.receivedAt, new Float64Array(capacity));
    this.tickMoved = copied(this.tickMoved, new Float64Array(capacity));
  }
}

function copied<T extends Float32Array | Float64Array>(old: T, wider: T): T {
  wider.set(old);
  return wider;
}
