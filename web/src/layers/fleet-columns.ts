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

/** What the GPU gets: one stretch of floats per team. */
export class FleetColumns {
  /** Mercator of the place that the floats are counted from: single precision would else shake near the ground. */
  originX = 0;
  originY = 0;
  count = 0;
  floats = new Float32Array(0);

  /** Writes every team that is shown. A team without a card yet is left out: its mode and status are unknown. */
  write({ fleet, teams, only, now }: FleetView): void {
    const { decoder, fromLng, fromLat } = fleet;
    const { lng, lat, headingDeg, speedKmh, observedAt, present, count } = decoder;
    if (this.floats.length < count * FLOATS_PER_TEAM)
      this.floats = new Float32Array(count * 2 * FLOATS_PER_TEAM);
    this.count = 0;
    // A plain loop: ten thousand teams pass here each second.
    for (let slot = 0; slot < count; slot++) {
      const team = present[slot] === 1 ? decoder.teamOf(slot) : undefined;
      const card = team === undefined ? undefined : teams.get(team);
      if (team === undefined || !card || (only && !only.has(team))) continue;
      if (this.count === 0) this.#settle(lng[slot] ?? 0, lat[slot] ?? 0);
      const isStale = now - (observedAt[slot] ?? 0) > STALE_POSITION_MS;
      const at = this.count++ * FLOATS_PER_TEAM;
      const out = this.floats;
      const [toX, toY] = [mercatorX(lng[slot] ?? 0) - this.originX, mercatorY(lat[slot] ?? 0) - this.originY];
      const isStill = fromLng[slot] === lng[slot] && fromLat[slot] === lat[slot];
      out[at] = isStill ? toX : mercatorX(fromLng[slot] ?? 0) - this.originX;
      out[at + 1] = isStill ? toY : mercatorY(fromLat[slot] ?? 0) - this.originY;
      out[at + 2] = toX;
      out[at + 3] = toY;
      const heading = headingDeg[slot] ?? NaN;
      out[at + 4] = Number.isNaN(heading) || !((speedKmh[slot] ?? 0) > 0) ? -1 : heading;
      out[at + 5] = SHAPE_INDEX[card.mode];
      out[at + 6] = GROUP_INDEX[isStale ? 'stale' : groupOf(card.status)];
    }
  }

  /** The origin moves only when the fleet lies somewhere else altogether. */
  #settle(lng: number, lat: number): void {
    const [x, y] = [mercatorX(lng), mercatorY(lat)];
    if (Math.hypot(x - this.originX, y - this.originY) < 0.005) return;
    this.originX = x;
    this.originY = y;
  }
}
