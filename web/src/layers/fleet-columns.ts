import { type Mode, MODES, type TeamCard, type TeamStatus } from '@app/shared';
import { type Fleet, STALE_POSITION_MS } from '../store/fleet.js';
import { TEAM_GROUPS } from '../store/tallies.js';

/** Floats per team: from x, y; to x, y; heading in degrees (−1 unknown or standing); shape; colour. */
export const FLOATS_PER_TEAM = 7;

export type TeamGroup = keyof typeof TEAM_GROUPS | 'stale';

/** What a status looks like on map, legend and chart; a position without proof is grey whatever its status. */
export const TEAM_COLOUR = {
  free: '#9cc0e0',
  bound: '#f5b84a',
  there: '#55c2a6',
  backup: '#ff5d4d',
  away: '#66788a',
  stale: '#59646f',
} as const satisfies Record<TeamGroup, string>;
export const TEAM_GROUP_ORDER = Object.keys(TEAM_COLOUR) as TeamGroup[];

const GROUP_OF = new Map<TeamStatus, TeamGroup>(
  (Object.entries(TEAM_GROUPS) as [keyof typeof TEAM_GROUPS, readonly TeamStatus[]][]).flatMap(
    ([group, statuses]) => statuses.map((status) => [status, group] as const),
  ),
);

export const groupOf = (status: TeamStatus): TeamGroup => GROUP_OF.get(status) ?? 'away';
const indexed = <K extends string>(keys: readonly K[]) =>
  Object.fromEntries(keys.map((key, index) => [key, index])) as Record<K, number>;
const SHAPE_INDEX: Record<Mode, number> = indexed(MODES);
const GROUP_INDEX = indexed(TEAM_GROUP_ORDER);

/** Web mercator of the whole world as 0–1, north at 0. */
export const mercatorX = (lng: number): number => (lng + 180) / 360;
export const mercatorY = (lat: number): number =>
  (1 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / Math.PI) / 2;

export interface FleetView {
  readonly fleet: Fleet;
  readonly teams: ReadonlyMap<string, TeamCard>;
  /** Only these, or all. */
  readonly only?: ReadonlySet<string> | undefined;
  /** The server's time, ms. */
  readonly now: number;
}

const HIDDEN = 255;

/** Shape and colour of every slot, worked out again only when a team, a roster or what is shown has changed. */
class SlotLooks {
  /** Index of the shape, or `HIDDEN`. */
  shapes = new Uint8Array(0);
  groups = new Uint8Array(0);
  #teams: FleetView['teams'] | undefined;
  #only: FleetView['only'];
  #rosters = -1;

  renew({ fleet, teams, only }: FleetView): void {
    if (teams === this.#teams && only === this.#only && fleet.rosters === this.#rosters) return;
    this.#teams = teams;
    this.#only = only;
    this.#rosters = fleet.rosters;
    const { decoder } = fleet;
    if (this.shapes.length < decoder.count) {
      this.shapes = new Uint8Array(2 * decoder.count);
      this.groups = new Uint8Array(2 * decoder.count);
    }
    for (let slot = 0; slot < decoder.count; slot++) {
      const team = decoder.teamOf(slot);
      const card = team === undefined || (only && !only.has(team)) ? undefined : teams.get(team);
      this.shapes[slot] = card ? SHAPE_INDEX[card.mode] : HIDDEN;
      this.groups[slot] = card ? GROUP_INDEX[groupOf(card.status)] : 0;
    }
  }
}

/** What the GPU gets: one stretch of floats per team. */
export class FleetColumns {
  /** Mercator of the place that the floats are counted from: single precision would else shake near the ground. */
  originX = 0;
  originY = 0;
  count = 0;
  floats = new Float32Array(0);
  readonly #looks = new SlotLooks();
  // Mercator of the places below, by slot: only what has moved is worked out again.
  #lng = new Float64Array(0);
  #lat = new Float64Array(0);
  #x = new Float64Array(0);
  #y = new Float64Array(0);
  /** Mercator per degree of latitude, there. */
  #stretch = new Float64Array(0);

  /** Writes every team that is shown. A team without a card yet is left out: its mode and status are unknown. */
  write(view: FleetView): void {
    const { fleet, now } = view;
    const { decoder, fromLng, fromLat } = fleet;
    const { lng, lat, headingDeg, speedKmh, observedAt, present, count } = decoder;
    if (this.floats.length < count * FLOATS_PER_TEAM)
      this.floats = new Float32Array(count * 2 * FLOATS_PER_TEAM);
    this.#grow(present.length);
    this.#looks.renew(view);
    const { shapes, groups } = this.#looks;
    const out = this.floats;
    this.count = 0;
    // A plain loop over columns: ten thousand teams pass here each second.
    for (let slot = 0; slot < count; slot++) {
      const shape = shapes[slot] ?? HIDDEN;
      if (present[slot] !== 1 || shape === HIDDEN) continue;
      const [toLng, toLat] = [lng[slot] ?? 0, lat[slot] ?? 0];
      if (toLng !== this.#lng[slot] || toLat !== this.#lat[slot]) this.#place(slot, toLng, toLat);
      const [x, y] = [this.#x[slot] ?? 0, this.#y[slot] ?? 0];
      if (this.count === 0) this.#settle(x, y);
      const at = this.count++ * FLOATS_PER_TEAM;
      out[at + 2] = x - this.originX;
      out[at + 3] = y - this.originY;
      // One step is far too short for the curve of the projection to show.
      out[at] = x - (toLng - (fromLng[slot] ?? 0)) / 360 - this.originX;
      out[at + 1] = y + (toLat - (fromLat[slot] ?? 0)) * (this.#stretch[slot] ?? 0) - this.originY;
      const heading = headingDeg[slot] ?? NaN;
      out[at + 4] = Number.isNaN(heading) || !((speedKmh[slot] ?? 0) > 0) ? -1 : heading;
      out[at + 5] = shape;
      out[at + 6] =
        now - (observedAt[slot] ?? 0) > STALE_POSITION_MS ? GROUP_INDEX.stale : (groups[slot] ?? 0);
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
    if (Math.hypot(x - this.originX, y - this.originY) < 0.005) return;
    this.originX = x;
    this.originY = y;
  }
}
