import { FrameEncoder, frameGrid, type FrameResult } from '../../../shared/src/index.js';
import { Fleet } from '../../../web/src/store/fleet.js';
import { FLOATS_PER_TEAM } from '../../../web/src/store/fleet-tick.js';
import { TEAM_GROUP_ORDER } from '../../../web/src/store/team-looks.js';
import { serverClock } from '../../../web/src/ui/server-clock.js';
import { NOW } from './cards.js';

export const SCOPE = '00000000-0000-7000-8000-000000000001';

export interface Told {
  readonly lng: number;
  readonly lat?: number;
  readonly headingDeg?: number;
  readonly speedKmh?: number;
  readonly observedAt?: number;
}

/** A fleet whose frames the test writes; its core works on the page, since there are no workers here. */
export class FleetRig {
  now = 0;
  readonly results: FrameResult[] = [];
  readonly fleet = new Fleet(SCOPE, {
    monotonic: () => this.now,
    onFrame: (result) => this.results.push(result),
  });
  readonly #encoder = new FrameEncoder(SCOPE, frameGrid(98.28, 39.77));
  #tick = 0;

  constructor(slots: readonly (string | null)[]) {
    serverClock.hear(NOW);
    this.fleet.open();
    this.fleet.useRoster({ scope: SCOPE, version: 1, slots });
  }

  /** The bytes of the next tick. */
  encode(places: readonly Told[]): Uint8Array<ArrayBuffer> {
    const tick = ++this.#tick;
    const view = {
      count: places.length,
      rows: Int32Array.from(places.keys()),
      lng: Float64Array.from(places, ({ lng }) => lng),
      lat: Float64Array.from(places, ({ lat = 39.77 }) => lat),
      headingDeg: Float32Array.from(places, ({ headingDeg = 90 }) => headingDeg),
      speedKmh: Float32Array.from(places, ({ speedKmh = 36 }) => speedKmh),
      observedAt: Float64Array.from(places, ({ observedAt = NOW + tick }) => observedAt),
    };
    const moment = { tick, at: NOW + tick, roster: 1 };
    return new Uint8Array(
      tick === 1 ? this.#encoder.keyframe(view, moment) : this.#encoder.delta(view, moment),
    );
  }

  tell(places: readonly Told[]): void {
    this.fleet.apply(this.encode(places));
  }

  /** What the GPU gets, team by team. */
  drawn() {
    const { tick } = this.fleet;
    if (!tick) throw new Error('a tick is wanted; none was told');
    const { floats, drawnSlots } = tick;
    const { drawn, originX, originY } = tick.head;
    return Array.from({ length: drawn }, (_, row) => {
      const [fromX = 0, fromY = 0, toX = 0, toY = 0, heading, shape, group = 0] = floats.slice(
        row * FLOATS_PER_TEAM,
        (row + 1) * FLOATS_PER_TEAM,
      );
      return {
        team: this.fleet.teamOf(drawnSlots[row] ?? -1),
        from: [fromX + originX, fromY + originY],
        to: [toX + originX, toY + originY],
        heading,
        shape,
        group: TEAM_GROUP_ORDER[group],
      };
    });
  }
}
