import { describe, expect, it } from '@jest/globals';
import type { Geometry } from 'geojson';
import { FrameEncoder, frameGrid } from '../../../../shared/src/index.js';
import { alertFeatures } from '../../../../web/src/layers/alert-layer.js';
import {
  FleetColumns,
  FLOATS_PER_TEAM,
  mercatorX,
  mercatorY,
  TEAM_GROUP_ORDER,
} from '../../../../web/src/layers/fleet-columns.js';
import { fleetLabels } from '../../../../web/src/layers/fleet-labels.js';
import { incidentFeatures } from '../../../../web/src/layers/incident-layer.js';
import { Fleet } from '../../../../web/src/store/fleet.js';
import { CATALOGUE } from '../../../../web/src/ui/catalogue.js';
import { alertCard, incidentCard, NOW, teamCard } from '../cards.js';

const text = CATALOGUE['zh-Hans'];
const SCOPE = '00000000-0000-7000-8000-000000000001';

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
  const fleet = new Fleet(SCOPE);
  fleet.useRoster({ scope: SCOPE, version: 1, slots: ['free', 'backup', 'old', 'unknown'] });
  const encoder = new FrameEncoder(SCOPE, frameGrid(98.28, 39.77));
  const moment = { tick: 1, at: NOW, roster: 1 };
  fleet.apply(
    encoder.keyframe(
      {
        count: 4,
        rows: Int32Array.of(0, 1, 2, 3),
        lng: Float64Array.of(98.28, 98.29, 98.3, 98.31),
        lat: new Float64Array(4).fill(39.77),
        headingDeg: Float32Array.of(90, 90, NaN, 0),
        speedKmh: Float32Array.of(30, 0, 30, 30),
        observedAt: Float64Array.of(NOW, NOW, NOW - 180_000, NOW),
      },
      moment,
    ),
  );
  const teams = new Map([
    ['free', teamCard({ id: 'free', callSign: '甲', mode: 'foot' })],
    ['backup', teamCard({ id: 'backup', callSign: '乙', status: 'backup' })],
    ['old', teamCard({ id: 'old', callSign: '丙' })],
  ]);

  it('reach the GPU as place, heading, shape and colour; an old place is grey', () => {
    const columns = new FleetColumns();
    columns.write({ fleet, teams, now: NOW });
    expect(columns.count).toBe(3);
    const row = (at: number) => [
      ...columns.floats.subarray(at * FLOATS_PER_TEAM, (at + 1) * FLOATS_PER_TEAM),
    ];
    const colour = (at: number) => TEAM_GROUP_ORDER[row(at)[6] ?? -1];
    expect([colour(0), colour(1), colour(2)]).toEqual(['free', 'backup', 'stale']);
    expect(row(0)[4]).toBeCloseTo(90, 0);
    expect(row(1)[4]).toBe(-1);
    expect(row(0)[5]).toBe(1);
    expect(columns.originX + (row(1)[2] ?? 0)).toBeCloseTo(mercatorX(98.29), 8);
    expect(columns.originY + (row(1)[3] ?? 0)).toBeCloseTo(mercatorY(39.77), 8);
  });

  it('single precision keeps a place within 10 cm', () => {
    const columns = new FleetColumns();
    columns.write({ fleet, teams, now: NOW });
    const x = columns.originX + (columns.floats[2 * FLOATS_PER_TEAM + 2] ?? 0);
    expect(Math.abs(x - mercatorX(fleet.decoder.lng[2] ?? 0)) * 40_075_016).toBeLessThan(0.1);
  });

  it('carry their names, those that matter most first, old ones with their age', () => {
    const { features } = fleetLabels({ fleet, teams, now: NOW }, [98.27, 39.7, 98.4, 39.8], text);
    expect(features.map(({ properties }) => properties?.['label'])).toEqual(['乙', '丙\n3 分钟前', '甲']);
  });

  it('are left out beyond the view and beyond the choice', () => {
    expect(fleetLabels({ fleet, teams, now: NOW }, [98.285, 39.7, 98.295, 39.8], text).features).toHaveLength(
      1,
    );
    const columns = new FleetColumns();
    columns.write({ fleet, teams, now: NOW, only: new Set(['free']) });
    expect(columns.count).toBe(1);
  });
});
