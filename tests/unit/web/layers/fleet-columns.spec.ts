import { beforeEach, describe, expect, it } from '@jest/globals';
import { FrameEncoder, frameGrid } from '../../../../shared/src/index.js';
import {
  FLOATS_PER_TEAM,
  FleetColumns,
  mercatorX,
  mercatorY,
  TEAM_GROUP_ORDER,
} from '../../../../web/src/layers/fleet-columns.js';
import { Fleet } from '../../../../web/src/store/fleet.js';
import { NOW, teamCard } from '../cards.js';

const SCOPE = '00000000-0000-7000-8000-000000000001';

describe('the columns that the GPU gets', () => {
  let fleet: Fleet;
  let encoder: FrameEncoder;
  let columns: FleetColumns;
  let tick: number;

  const told = (places: readonly (readonly [number, number])[]) => {
    tick += 1;
    const view = {
      count: places.length,
      rows: Int32Array.from(places.keys()),
      lng: Float64Array.from(places, ([lng]) => lng),
      lat: Float64Array.from(places, ([, lat]) => lat),
      headingDeg: new Float32Array(places.length).fill(90),
      speedKmh: new Float32Array(places.length).fill(36),
      observedAt: new Float64Array(places.length).fill(NOW + tick * 1_000),
    };
    const moment = { tick, at: NOW + tick * 1_000, roster: 1 };
    fleet.apply(tick === 1 ? encoder.keyframe(view, moment) : encoder.delta(view, moment));
  };
  const written = (teams: Parameters<FleetColumns['write']>[0]['teams'], more = {}) => {
    columns.write({ fleet, teams, now: NOW + tick * 1_000, ...more });
    const { floats, count, originX, originY } = columns;
    return Array.from({ length: count }, (_, i) => {
      const [fromX = 0, fromY = 0, toX = 0, toY = 0, heading, shape, group = 0] = floats.slice(
        i * FLOATS_PER_TEAM,
        (i + 1) * FLOATS_PER_TEAM,
      );
      const from = [fromX + originX, fromY + originY];
      return { from, to: [toX + originX, toY + originY], heading, shape, group: TEAM_GROUP_ORDER[group] };
    });
  };

  beforeEach(() => {
    let now = 0;
    fleet = new Fleet(SCOPE, () => (now += 1_000));
    encoder = new FrameEncoder(SCOPE, frameGrid(98.28, 39.77));
    columns = new FleetColumns();
    tick = 0;
    fleet.useRoster({ scope: SCOPE, version: 1, slots: ['a', 'b'] });
  });

  it('go from where a team was to where it is, within a decimetre', () => {
    const teams = new Map([['a', teamCard({ id: 'a' })]]);
    told([[98.28, 39.77]]);
    told([[98.2815, 39.7713]]);
    const [a] = written(teams);
    // A decimetre at this latitude is 2 × 10⁻⁹ of the world's width.
    expect(Math.abs((a?.from[0] ?? 0) - mercatorX(fleet.fromLng[0] ?? NaN))).toBeLessThan(3e-9);
    expect(Math.abs((a?.from[1] ?? 0) - mercatorY(fleet.fromLat[0] ?? NaN))).toBeLessThan(3e-9);
    expect(Math.abs((a?.to[0] ?? 0) - mercatorX(98.2815))).toBeLessThan(1e-8);
    expect(Math.abs((a?.to[1] ?? 0) - mercatorY(39.7713))).toBeLessThan(1e-8);
  });

  it('leave out whoever has no card or is not asked for', () => {
    told([
      [98.28, 39.77],
      [98.3, 39.78],
    ]);
    const teams = new Map(['a', 'b'].map((id) => [id, teamCard({ id })] as const));
    expect(written(teams)).toHaveLength(2);
    expect(written(teams, { only: new Set(['b']) })).toHaveLength(1);
    expect(written(new Map([['a', teamCard({ id: 'a' })]]))).toHaveLength(1);
  });

  it('follow a status, a roster, and the age of a position', () => {
    told([[98.28, 39.77]]);
    expect(written(new Map([['a', teamCard({ id: 'a', status: 'patrolling' })]]))[0]?.group).toBe('free');
    const there = new Map([['a', teamCard({ id: 'a', status: 'on-scene' })]]);
    expect(written(there)[0]?.group).toBe('there');
    expect(written(there, { now: NOW + 120_000 })[0]?.group).toBe('stale');
    fleet.useRoster({ scope: SCOPE, version: 2, slots: ['b', 'a'] });
    expect(written(there)).toEqual([]);
  });
});
