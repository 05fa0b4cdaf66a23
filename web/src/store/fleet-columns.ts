import type { FrameDecoder } from '@app/shared';
import { FLOATS_PER_TEAM, type FleetTick, MOST_NAMES, type Seen } from './fleet-tick.js';
import { GROUP_INDEX, HIDDEN, TEAM_GROUP_ORDER, type TeamGroup, type TeamLooks } from './team-looks.js';

/** A position older than this is drawn grey and carries its age. */
export const STALE_POSITION_MS = 60_000;

/** Web mercator of the whole world as 0–1, north at 0. */
export const mercatorX = (lng: number): number => (lng + 180) / 360;
export const mercatorY = (lat: number): number =>
  (1 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / Math.PI) / 2;

const WEIGHT = { backup: 0, there: 1, bound: 1, stale: 2, free: 3, away: 4 } as const satisfies Record<
  TeamGroup,
  number
>;
const WEIGHT_OF = Uint8Array.from(TEAM_GROUP_ORDER, (group) => WEIGHT[group]);
const WEIGHTS = 5;
/** Among so many, a name here and there tells nobody anything and costs every tick: only the first few have theirs. */
const CROWD = 1500;
const CROWD_NAMES = 40;
/** As much beyond each edge as half of what is seen is drawn too: a map that is dragged must not show an empty rim. */
const MARGIN = 0.5;

export interface ColumnsView {
  readonly decoder: FrameDecoder;
  readonly fromLng: Float64Array;
  readonly fromLat: Float64Array;
  readonly looks: TeamLooks;
  /** What is seen, or everything. It narrows what is drawn, never what is counted. */
  readonly seen: Seen | null;
  /** The server's time, ms. */
  readonly now: number;
}

/** Writes what the GPU and the names of a map need, from what a decoder holds. */
export class FleetColumns {
  #originX = 0;
  #originY = 0;
  // Mercator of the places below, by slot: only what has moved is worked out again.
  #lng = new Float64Array(0);
  #lat = new Float64Array(0);
  #x = new Float64Array(0);
  #y = new Float64Array(0);
  /** Mercator per degree of latitude, there. */
  #stretch = new Float64Array(0);
  /** How many names of each weight there is room for, and how many were put. */
  readonly #namesOf = new Int32Array(WEIGHTS);

  /** A team without a card yet is left out: its mode and status are unknown. */
  write(view: ColumnsView, tick: FleetTick): void {
    const { lng, lat, observedAt, present, count } = view.decoder;
    this.#grow(present.length);
    view.looks.renew();
    const { shapes, groups } = view.looks;
    const [west, south, east, north] = widened(view.seen);
    let drawn = 0;
    // A plain loop over columns: ten thousand teams pass here each second.
    for (let slot = 0; slot < count; slot++) {
      const isThere = present[slot] === 1;
      const [toLng, toLat] = [lng[slot] ?? 0, lat[slot] ?? 0];
      const at = isThere ? (observedAt[slot] ?? 0) : 0;
      tick.lng[slot] = toLng;
      tick.lat[slot] = toLat;
      tick.observedAt[slot] = at;
      const shape = shapes[slot] ?? HIDDEN;
      if (!isThere || shape === HIDDEN) continue;
      if (toLng < west || toLng > east || toLat < south || toLat > north) continue;
      if (toLng !== this.#lng[slot] || toLat !== this.#lat[slot]) this.#place(slot, toLng, toLat);
      if (drawn === 0) this.#settle(this.#x[slot] ?? 0, this.#y[slot] ?? 0);
      tick.drawnSlots[drawn] = slot;
      const group = view.now - at > STALE_POSITION_MS ? GROUP_INDEX.stale : (groups[slot] ?? 0);
      this.#draw(view, { tick, slot, at: FLOATS_PER_TEAM * drawn++, shape, group });
    }
    Object.assign(tick.head, { slots: count, drawn, originX: this.#originX, originY: this.#originY });
    this.#name(tick, view.seen);
  }

  #draw(
    { decoder, fromLng, fromLat }: ColumnsView,
    {
      tick,
      slot,
      at,
      shape,
      group,
    }: { tick: FleetTick; slot: number; at: number; shape: number; group: number },
  ): void {
    const { lng, lat, headingDeg, speedKmh } = decoder;
    const out = tick.floats;
    const [x, y] = [this.#x[slot] ?? 0, this.#y[slot] ?? 0];
    // One step is far too short for the curve of the projection to show.
    out[at] = x - ((lng[slot] ?? 0) - (fromLng[slot] ?? 0)) / 360 - this.#originX;
    out[at + 1] = y + ((lat[slot] ?? 0) - (fromLat[slot] ?? 0)) * (this.#stretch[slot] ?? 0) - this.#originY;
    out[at + 2] = x - this.#originX;
    out[at + 3] = y - this.#originY;
    const heading = headingDeg[slot] ?? NaN;
    out[at + 4] = Number.isNaN(heading) || !((speedKmh[slot] ?? 0) > 0) ? -1 : heading;
    out[at + 5] = shape;
    out[at + 6] = group;
  }

  /** The few that matter, of those in sight: by weight, then by slot, so that a name stays where it was. */
  #name({ head, floats, drawnSlots, lng, lat, named }: FleetTick, seen: Seen | null): void {
    const [west, south, east, north] = seen ?? EVERYWHERE;
    const room = this.#namesOf.fill(0);
    const weightOf = (row: number): number => {
      const slot = drawnSlots[row] ?? 0;
      const [x, y] = [lng[slot] ?? NaN, lat[slot] ?? NaN];
      if (!(x >= west && x <= east && y >= south && y <= north)) return -1;
      return WEIGHT_OF[floats[row * FLOATS_PER_TEAM + 6] ?? 0] ?? -1;
    };
    for (let row = 0; row < head.drawn; row++) {
      const weight = weightOf(row);
      if (weight >= 0) room[weight] = (room[weight] ?? 0) + 1;
    }
    let start = 0;
    for (let weight = 0; weight < WEIGHTS; weight++) {
      const count = room[weight] ?? 0;
      room[weight] = start;
      start += count;
    }
    head.names = Math.min(head.drawn > CROWD ? CROWD_NAMES : MOST_NAMES, start);
    for (let row = 0; row < head.drawn; row++) {
      const weight = weightOf(row);
      if (weight < 0) continue;
      const at = room[weight] ?? 0;
      room[weight] = at + 1;
      if (at < MOST_NAMES) named[at] = drawnSlots[row] ?? 0;
    }
  }

  #place(slot: number, lng: number, lat: number): void {
    this.#lng[slot] = lng;
    this.#lat[slot] = lat;
    this.#x[slot] = mercatorX(lng);
    this.#y[slot] = mercatorY(lat);
    this.#stretch[slot] = 1 / (360 * Math.cos((lat * Math.PI) / 180));
  }

  #grow(length: number): void {
    if (length <= this.#lng.length) return;
    this.#lng = new Float64Array(length).fill(NaN);
    this.#lat = new Float64Array(length).fill(NaN);
    this.#x = new Float64Array(length);
    this.#y = new Float64Array(length);
    this.#stretch = new Float64Array(length);
  }

  /** The origin moves only when the fleet lies somewhere else altogether. */
  #settle(x: number, y: number): void {
    if (Math.hypot(x - this.#originX, y - this.#originY) < 0.005) return;
    this.#originX = x;
    this.#originY = y;
  }
}

const EVERYWHERE: Seen = [-Infinity, -Infinity, Infinity, Infinity];

function widened(seen: Seen | null): Seen {
  if (!seen) return EVERYWHERE;
  const [west, south, east, north] = seen;
  const [x, y] = [(east - west) * MARGIN, (north - south) * MARGIN];
  return [west - x, south - y, east + x, north + y];
}
