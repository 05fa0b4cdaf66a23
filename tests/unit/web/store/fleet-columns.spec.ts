import { beforeEach, describe, expect, it } from '@jest/globals';
import { mercatorX, mercatorY } from '../../../../web/src/store/fleet-columns.js';
import { MOST_NAMES } from '../../../../web/src/store/fleet-tick.js';
import { NOW, teamCard } from '../cards.js';
import { FleetRig, SCOPE } from '../fleet-rig.js';

describe('the columns that the GPU gets', () => {
  let rig: FleetRig;
  const looks = (...cards: Parameters<typeof teamCard>[0][]) =>
    rig.fleet.useLooks({ whole: true, put: cards.map((card) => teamCard(card)), gone: [] });

  beforeEach(() => {
    rig = new FleetRig(['a', 'b']);
  });

  it('go from where a team was to where it is, within a decimetre', () => {
    looks({ id: 'a' });
    rig.tell([{ lng: 98.28 }]);
    rig.now = 1000;
    rig.tell([{ lng: 98.2815, lat: 39.7713 }]);
    const [a] = rig.drawn();
    // A decimetre at this latitude is 2 × 10⁻⁹ of the world's width; a place itself is told within 0.25 m.
    expect(Math.abs((a?.from[0] ?? 0) - mercatorX(98.28))).toBeLessThan(1e-8);
    expect(Math.abs((a?.from[1] ?? 0) - mercatorY(39.77))).toBeLessThan(1e-8);
    expect(Math.abs((a?.to[0] ?? 0) - mercatorX(rig.fleet.place('a')?.lng ?? NaN))).toBeLessThan(3e-9);
    expect(Math.abs((a?.to[1] ?? 0) - mercatorY(rig.fleet.place('a')?.lat ?? NaN))).toBeLessThan(3e-9);
  });

  it('leave out whoever has no card or is not asked for', () => {
    rig.tell([{ lng: 98.28 }, { lng: 98.3, lat: 39.78 }]);
    expect(rig.drawn()).toEqual([]);
    looks({ id: 'a' }, { id: 'b' });
    expect(rig.drawn()).toHaveLength(2);
    rig.fleet.show(new Set(['b']));
    expect(rig.drawn().map(({ team }) => team)).toEqual(['b']);
    rig.fleet.show(undefined);
    rig.fleet.useLooks({ whole: false, put: [], gone: ['b'] });
    expect(rig.drawn().map(({ team }) => team)).toEqual(['a']);
  });

  it('follow a status, a roster, and the age of a position', () => {
    looks({ id: 'a', status: 'patrolling' });
    rig.tell([{ lng: 98.28 }]);
    expect(rig.drawn()[0]?.group).toBe('free');
    rig.fleet.useLooks({ whole: false, put: [teamCard({ id: 'a', status: 'on-scene' })], gone: [] });
    expect(rig.drawn()[0]?.group).toBe('there');
    rig.tell([{ lng: 98.28, observedAt: NOW - 120_000 }]);
    rig.fleet.age();
    expect(rig.drawn()[0]?.group).toBe('stale');
    rig.fleet.useRoster({ scope: SCOPE, version: 2, slots: ['b', 'a'] });
    expect(rig.drawn()).toEqual([]);
  });

  it('name no more than a map may carry, those that matter most first', () => {
    const many = Array.from({ length: 3 * MOST_NAMES }, (_, n) => `t${n}`);
    rig = new FleetRig(many);
    looks(...many.map((id, n) => ({ id, status: n === 300 ? ('backup' as const) : ('rest' as const) })));
    rig.tell(many.map((_, n) => ({ lng: 98.2 + n * 1e-4 })));
    const { tick } = rig.fleet;
    expect(tick?.head.names).toBe(MOST_NAMES);
    expect(rig.fleet.teamOf(tick?.named[0] ?? -1)).toBe('t300');
    expect(rig.fleet.teamOf(tick?.named[1] ?? -1)).toBe('t0');
  });

  it('name few in a crowd', () => {
    const many = Array.from({ length: 2000 }, (_, n) => `t${n}`);
    rig = new FleetRig(many);
    looks(...many.map((id) => ({ id, status: 'en-route' as const })));
    rig.tell(many.map((_, n) => ({ lng: 98.2 + n * 1e-5 })));
    expect(rig.fleet.tick?.head.names).toBe(40);
    rig.fleet.look([98.2, 39.7, 98.204, 39.8]);
    expect(rig.fleet.tick?.head.names).toBe(MOST_NAMES);
  });
});
