import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { FleetFix } from '../../../../server/src/positions/fleet.js';
import { Fleet } from '../../../../server/src/positions/fleet.js';

const fix = (team: string, observedAt: number, lng = 98.3): FleetFix => ({
  team,
  lng,
  lat: 39.7,
  headingDeg: 90,
  speedKmh: NaN,
  observedAt,
  receivedAt: observedAt + 500,
});

describe('Fleet', () => {
  it('keeps what it was told', () => {
    const fleet = new Fleet();
    expect(fleet.upsert(fix('a', 1000))).toBe('newer');
    expect(fleet.get('a')).toEqual(fix('a', 1000));
    expect(fleet.get('b')).toBeUndefined();
  });

  it('an older fix never moves a team back, nor does a second of the same moment', () => {
    const fleet = new Fleet();
    fleet.upsert(fix('a', 2000, 98.4));
    expect(fleet.upsert(fix('a', 1000, 98.1))).toBe('older');
    expect(fleet.upsert(fix('a', 2000, 98.2))).toBe('older');
    expect(fleet.get('a')?.lng).toBe(98.4);
  });

  it('gives no row for a fix without a time', () => {
    const fleet = new Fleet();
    expect([fleet.upsert(fix('a', NaN)), fleet.upsert(fix('a', 0))]).toEqual(['older', 'older']);
    expect([fleet.size, fleet.layout]).toEqual([0, 0]);
  });

  it('shows the newest of any order of fixes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 1, max: 50 }))),
        (told) => {
          const fleet = new Fleet();
          const newest = new Map<string, number>();
          for (const [team, at] of told) {
            expect(fleet.upsert(fix(team, at))).toBe(at > (newest.get(team) ?? 0) ? 'newer' : 'older');
            newest.set(team, Math.max(at, newest.get(team) ?? 0));
          }
          expect(new Map([...fleet].map(({ team, observedAt }) => [team, observedAt]))).toEqual(newest);
        },
      ),
    );
  });

  it('grows beyond its first columns and forgets nothing', () => {
    const fleet = new Fleet();
    for (let i = 0; i < 1000; i++) fleet.upsert(fix(`team-${i}`, i + 1, i / 100));
    expect(fleet.size).toBe(1000);
    expect(fleet.get('team-3')).toEqual(fix('team-3', 4, 0.03));
    expect(fleet.lng[fleet.rowOf('team-999') ?? -1]).toBe(9.99);
  });

  it('says what moved since a tick', () => {
    const fleet = new Fleet();
    const teamsSince = (tick: number) => [...fleet.movedSince(tick)].map((row) => fleet.teamOf(row));
    fleet.tick = 1;
    fleet.upsert(fix('a', 1000));
    fleet.upsert(fix('b', 1000));
    fleet.tick = 2;
    fleet.upsert(fix('b', 2000));
    fleet.upsert(fix('a', 500));
    expect(teamsSince(0)).toEqual(['a', 'b']);
    expect(teamsSince(1)).toEqual(['b']);
    expect(teamsSince(2)).toEqual([]);
  });

  it('a removed team is gone everywhere, its row is free and the layout has risen', () => {
    const fleet = new Fleet();
    fleet.tick = 1;
    fleet.upsert(fix('a', 1000));
    fleet.upsert(fix('b', 1000));
    const [row, layout] = [fleet.rowOf('a') ?? -1, fleet.layout];
    expect(fleet.remove('a')).toBe(true);
    expect(fleet.remove('a')).toBe(false);
    expect(fleet.layout).toBe(layout + 1);
    expect(fleet.observedAt[row]).toBe(0);
    expect([...fleet.movedSince(0)].map((at) => fleet.teamOf(at))).toEqual(['b']);
    expect([...fleet].map(({ team }) => team)).toEqual(['b']);
    expect(fleet.upsert(fix('c', 10))).toBe('newer');
    expect(fleet.rowOf('c')).toBe(row);
    expect(fleet.layout).toBe(layout + 2);
    expect(fleet.rowCount).toBe(2);
  });

  it('loads last fixes without going back behind what has come since', () => {
    const fleet = new Fleet();
    fleet.upsert(fix('a', 5000));
    expect(fleet.load([fix('a', 4000), fix('b', 3000), fix('b', 3500)])).toBe(2);
    expect(fleet.get('a')?.observedAt).toBe(5000);
    expect(fleet.get('b')?.observedAt).toBe(3500);
  });
});
