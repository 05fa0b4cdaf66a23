import { beforeEach, describe, expect, it } from '@jest/globals';
import { mercatorX, mercatorY } from '../../../../web/src/store/fleet-columns.js';
import type { FleetNews, FleetOrder } from '../../../../web/src/store/fleet-core.js';
import type { FleetPortEnd } from '../../../../web/src/store/fleet-port.js';
import { teamCard } from '../cards.js';
import { FleetRig, SCOPE } from '../fleet-rig.js';

const WHOLE = { whole: true, put: [teamCard({ id: 'team' })], gone: [] };

describe('a fleet between two ticks', () => {
  let rig: FleetRig;
  const fromLng = () => ((rig.drawn()[0]?.from[0] ?? NaN) - mercatorX(0)) * 360;

  beforeEach(() => {
    rig = new FleetRig(['team']);
    rig.fleet.useLooks(WHOLE);
    rig.now = 1000;
    rig.tell([{ lng: 98.28 }]);
  });

  it('shows a new team where it is, without a way to it', () => {
    expect(fromLng()).toBeCloseTo(98.28, 5);
    expect(rig.fleet.place('team')?.lng).toBeCloseTo(98.28, 5);
    expect(rig.fleet.places()).toEqual(new Map([['team', rig.fleet.place('team')]]));
  });

  it('goes from where it was to where it is', () => {
    rig.now = 2000;
    rig.tell([{ lng: 98.281 }]);
    expect(fromLng()).toBeCloseTo(98.28, 5);
    expect(rig.fleet.place('team')?.lng).toBeCloseTo(98.281, 5);
    rig.now = 2500;
    expect(rig.fleet.progress()).toBe(0.5);
    rig.now = 9000;
    expect(rig.fleet.progress()).toBe(1);
  });

  it('a tick that comes early starts from where the marker is shown: nothing leaps', () => {
    rig.now = 2000;
    rig.tell([{ lng: 98.282 }]);
    rig.now = 2250;
    rig.tell([{ lng: 98.283 }]);
    expect(fromLng()).toBeCloseTo(98.2805, 5);
  });

  it('a lost frame changes nothing and says that a keyframe is wanted', () => {
    rig.encode([{ lng: 98.284 }]);
    rig.tell([{ lng: 98.285 }]);
    expect(rig.results).toEqual(['gap']);
    expect(rig.fleet.place('team')?.lng).toBeCloseTo(98.28, 5);
  });

  it('a slot that changes hands tells nobody the place of its former team', () => {
    rig.fleet.useRoster({ scope: SCOPE, version: 2, slots: ['other'] });
    expect(rig.fleet.place('team')).toBeUndefined();
    expect(rig.fleet.place('other')).toBeUndefined();
  });

  it('is found under a pointer where it is shown, not where it will be', () => {
    rig.now = 2000;
    rig.tell([{ lng: 98.284 }]);
    rig.now = 2500;
    const at = (lng: number) => rig.fleet.pick(mercatorX(lng), mercatorY(39.77), 1e-6);
    expect(at(98.282)).toBe('team');
    expect(at(98.284)).toBeUndefined();
    rig.now = 3000;
    expect(at(98.284)).toBe('team');
  });

  it('what is seen narrows what is drawn and never what is told', () => {
    rig.fleet.look([90, 30, 91, 31]);
    expect(rig.drawn()).toEqual([]);
    expect(rig.fleet.place('team')?.lng).toBeCloseTo(98.28, 5);
    rig.fleet.look([98.2, 39.7, 98.3, 39.8]);
    expect(rig.drawn()).toHaveLength(1);
  });
});

describe('a fleet whose worker breaks', () => {
  it('tells a core on the page all it knew, and asks for a keyframe', () => {
    const rig = new FleetRig(['team']);
    rig.fleet.useLooks(WHOLE);
    let end: FleetPortEnd | undefined;
    const orders: FleetOrder[] = [];
    rig.fleet.close();
    rig.fleet.open((given) => {
      end = given;
      return { post: (order) => orders.push(order), close: () => undefined };
    });
    expect(orders.map(({ order }) => order)).toEqual(['scope', 'only', 'teams', 'roster']);
    rig.tell([{ lng: 98.28 }]);
    expect(rig.fleet.place('team')).toBeUndefined();
    end?.lost();
    expect(rig.results).toEqual(['gap']);
    rig.fleet.useRoster({ scope: SCOPE, version: 1, slots: ['team'] });
    const again = new FleetRig(['team']);
    rig.fleet.apply(again.encode([{ lng: 98.29 }]));
    expect(rig.fleet.place('team')?.lng).toBeCloseTo(98.29, 5);
    expect(rig.drawn()[0]?.shape).toBe(0);
  });

  it('hands buffers back, so that ticks make no garbage', () => {
    const rig = new FleetRig(['team']);
    const spent: ArrayBuffer[] = [];
    rig.fleet.close();
    rig.fleet.open(() => ({
      post: (order) => order.order === 'spent' && spent.push(order.buffer),
      close: () => undefined,
    }));
    const head = { slots: 0, drawn: 0, names: 0, originX: 0, originY: 0 };
    const news = (buffer: ArrayBuffer): FleetNews => ({ tick: { head, buffer, serial: 1 } });
    const [first, second] = [new ArrayBuffer(2048), new ArrayBuffer(2048)];
    rig.fleet.heard(news(first));
    rig.fleet.heard(news(second));
    expect(spent.at(-1)).toBe(first);
  });
});
