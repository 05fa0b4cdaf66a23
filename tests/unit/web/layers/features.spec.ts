import { describe, expect, it } from '@jest/globals';
import type { Geometry } from 'geojson';
import { alertFeatures } from '../../../../web/src/layers/alert-layer.js';
import { fleetLabels } from '../../../../web/src/layers/fleet-labels.js';
import { incidentFeatures } from '../../../../web/src/layers/incident-layer.js';
import { sosFeatures, sosPlace } from '../../../../web/src/layers/sos-layer.js';
import type { Fleet } from '../../../../web/src/store/fleet.js';
import { lostFeatures } from '../../../../web/src/layers/lost-layer.js';
import { deviationsOfTeam, lostTeams } from '../../../../web/src/store/deviations.js';
import { mercatorX, mercatorY } from '../../../../web/src/store/fleet-columns.js';
import { CATALOGUE } from '../../../../web/src/ui/catalogue.js';
import { ago, alertCard, incidentCard, NOW, teamCard } from '../cards.js';
import { FleetRig } from '../fleet-rig.js';

const text = CATALOGUE['zh-Hans'];

describe('calls for help on the map', () => {
  const seen = () => ({ fleet: new FleetRig([]).fleet, teams: new Map(), text });

  it('are the same nothing in every second in which nobody calls: no map looks at it again', () => {
    expect(sosFeatures(new Map(), seen())).toBe(sosFeatures(new Map(), seen()));
  });
});

describe('incidents on the map', () => {
  it('are those that are open, or only those asked for', () => {
    const incidents = [
      incidentCard({ id: 'a' }),
      incidentCard({ id: 'b' }),
      incidentCard({ id: 'c', status: 'closed' }),
    ];
    expect(
      incidentFeatures(incidents, { text }).features.map(({ properties }) => properties?.['id']),
    ).toEqual(['a', 'b']);
    const { features } = incidentFeatures(incidents, { text, only: new Set(['b', 'c']), selected: 'b' });
    expect(features.map(({ properties }) => properties)).toEqual([
      { id: 'b', image: 'severity-4', top: 1, severity: 4, label: '交通', isSelected: true },
    ]);
  });
});

describe('teams that are not heard any more', () => {
  const deviation = {
    kind: 'lost-contact',
    team: 'team',
    callSign: '雄关201',
    from: ago(12),
    to: null,
    limitS: 300,
    bound: null,
  } as const;
  const teams = new Map([['team', teamCard()]]);
  const seen = { teams, now: NOW, text };

  it('have a ring and an age at their last place; other deviations have none', () => {
    const lost = alertCard({ id: 'lost', rule: 'deviation', deviation });
    const other = alertCard({
      id: 'other',
      rule: 'deviation',
      deviation: { ...deviation, kind: 'off-beat' },
    });
    const { features } = lostFeatures(() => ({ lng: 98.3, lat: 39.8 }), { ...seen, alerts: [lost, other] });
    expect(features.map(({ geometry, properties }) => [geometry.coordinates, properties])).toEqual([
      [[98.3, 39.8], { id: 'team', label: '雄关201\n失联 12 分钟' }],
    ]);
    expect(lostFeatures(() => undefined, { ...seen, alerts: [lost] }).features).toEqual([]);
  });

  it('are told of a team as what goes on, the longest first', () => {
    const alerts = [
      alertCard({ id: 'a', rule: 'deviation', deviation: { ...deviation, kind: 'off-beat', from: ago(5) } }),
      alertCard({ id: 'b', rule: 'deviation', deviation }),
      alertCard({ id: 'c', rule: 'deviation', deviation: { ...deviation, team: 'another' } }),
      alertCard({ id: 'd' }),
    ];
    expect(deviationsOfTeam(alerts, 'team').map(({ kind }) => kind)).toEqual(['lost-contact', 'off-beat']);
    expect([...lostTeams(alerts)]).toEqual([
      ['team', NOW - 12 * 60_000],
      ['another', NOW - 12 * 60_000],
    ]);
  });
});

describe('a call for help on the map', () => {
  const observedAt = ago(3);
  const call = {
    id: 'call',
    team: 'team',
    callSign: '雄关201',
    centre: 'centre',
    state: 'calling',
    version: 1,
    presses: 1,
    at: observedAt,
    place: { lng: 98.2, lat: 39.7, observedAt },
  } as const;
  const fleet = { place: () => ({ lng: 98.25, lat: 39.75, observedAt: NOW }) } as unknown as Fleet;

  it('goes with its team, but not to the cell of one that is not released precisely', () => {
    expect(sosPlace(call, fleet, teamCard())?.place).toEqual([98.25, 39.75]);
    expect(sosPlace(call, fleet, teamCard({ grain: 'coarse' }))?.place).toEqual([98.2, 39.7]);
    expect(sosPlace({ ...call, place: null }, fleet, teamCard({ grain: 'coarse' }))?.place).toEqual([
      98.25, 39.75,
    ]);
  });
});

describe('alerts on the map', () => {
  const grid: Geometry = { type: 'Polygon', coordinates: [] };

  it('are the outlines of their grids; clocks have none of their own', () => {
    const alerts = [
      alertCard({ id: 'grid' }),
      alertCard({ id: 'nowhere', grid: 'gone' }),
      alertCard({ id: 'clock', rule: 'clock' }),
    ];
    const { features } = alertFeatures(alerts, new Map([['620201001007014', grid]]));
    expect(features.map(({ properties, geometry }) => [properties?.['id'], geometry.type])).toEqual([
      ['grid', 'Polygon'],
      ['nowhere', 'Point'],
    ]);
  });
});

describe('teams on the map', () => {
  const rig = new FleetRig(['free', 'backup', 'old', 'unknown']);
  const teams = new Map([
    ['free', teamCard({ id: 'free', callSign: '甲', mode: 'foot' })],
    ['backup', teamCard({ id: 'backup', callSign: '乙', status: 'backup' })],
    ['old', teamCard({ id: 'old', callSign: '丙' })],
  ]);
  rig.fleet.useLooks({ whole: true, put: [...teams.values()], gone: [] });
  rig.tell([
    { lng: 98.28, headingDeg: 90, speedKmh: 30 },
    { lng: 98.29, headingDeg: 90, speedKmh: 0 },
    { lng: 98.3, headingDeg: NaN, observedAt: NOW - 181_000 },
    { lng: 98.31, headingDeg: 0 },
  ]);
  const labels = () =>
    fleetLabels(rig.fleet, teams, { now: NOW, text }).features.map(({ properties }) => properties?.['label']);

  it('reach the GPU as place, heading, shape and colour; an old place is grey', () => {
    const [free, backup, old, ...rest] = rig.drawn();
    expect(rest).toEqual([]);
    expect([free?.group, backup?.group, old?.group]).toEqual(['free', 'backup', 'stale']);
    expect([free?.heading, backup?.heading, old?.heading]).toEqual([expect.closeTo(90, 0), -1, -1]);
    expect(free?.shape).toBe(1);
    expect(backup?.to[0]).toBeCloseTo(mercatorX(98.29), 8);
    expect(backup?.to[1]).toBeCloseTo(mercatorY(39.77), 8);
  });

  it('single precision keeps a place within 10 cm', () => {
    const x = rig.drawn()[2]?.to[0] ?? NaN;
    expect(Math.abs(x - mercatorX(rig.fleet.place('old')?.lng ?? 0)) * 40_075_016).toBeLessThan(0.1);
  });

  it('carry their names, those that matter most first, old ones with their age', () => {
    expect(labels()).toEqual(['乙', '丙\n3 分钟前', '甲']);
  });

  it('carry no names beyond the view and beyond the choice', () => {
    rig.fleet.look([98.285, 39.7, 98.295, 39.8]);
    expect(labels()).toEqual(['乙']);
    rig.fleet.look([98.2, 39.7, 98.4, 39.8]);
    rig.fleet.show(new Set(['free']));
    expect(labels()).toEqual(['甲']);
    rig.fleet.show(undefined);
  });
});
