import { describe, expect, it } from '@jest/globals';
import { mercatorX, mercatorY } from '../../../../web/src/store/fleet-columns.js';
import { SitePoints } from '../../../../web/src/store/site-points.js';

const many = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    lng: 98 + (n % 331) * 0.001,
    lat: 39.6 + Math.floor(n / 331) * 0.001,
    rank: n % 50 === 0 ? 0 : 1,
  }));
const boxOf = (west: number, south: number, east: number, north: number) =>
  [mercatorX(west), mercatorY(north), mercatorX(east), mercatorY(south)] as const;
const drawnOf = (points: SitePoints, box: Parameters<SitePoints['within']>[0]) =>
  points.within(box).stretches.flatMap(({ from, count }) => [...points.siteOf.subarray(from, from + count)]);

describe('sites that do not move', () => {
  it('are all drawn where they are few', () => {
    const points = new SitePoints(many(500));
    const seen = points.within(boxOf(97, 39, 99, 41));
    expect(seen).toMatchObject({ drawn: 500, all: true });
    expect(new Set(drawnOf(points, boxOf(97, 39, 99, 41))).size).toBe(500);
  });

  it('stay few enough to draw when there are a hundred thousand, and what matters is among them', () => {
    const points = new SitePoints(many(100_000));
    const seen = points.within(boxOf(97, 39, 99, 41));
    expect(seen.all).toBe(false);
    expect(seen.drawn).toBeGreaterThan(1000);
    expect(seen.drawn).toBeLessThanOrEqual(4_000);
    const drawn = drawnOf(points, boxOf(97, 39, 99, 41));
    expect(drawn.filter((site) => site % 50 === 0).length).toBeGreaterThan(drawn.length / 50);
  });

  it('are all there for whoever comes near enough', () => {
    const sites = many(100_000);
    const points = new SitePoints(sites);
    const seen = points.within(boxOf(98.1, 39.7, 98.12, 39.72));
    expect(seen.all).toBe(true);
    const drawn = new Set(drawnOf(points, boxOf(98.1, 39.7, 98.12, 39.72)));
    sites.forEach(({ lng, lat }, n) => {
      const isIn = lng > 98.1 && lng < 98.12 && lat > 39.7 && lat < 39.72;
      if (isIn) expect(drawn.has(n)).toBe(true);
    });
  });

  it('are found by place, whether drawn or not', () => {
    const sites = many(100_000);
    const points = new SitePoints(sites);
    expect(points.nearest(mercatorX(98.1), mercatorY(39.7), 1e-6)).toBe(331 * 100 + 100);
    expect(points.nearest(mercatorX(90), mercatorY(39.7), 1e-6)).toBe(-1);
  });
});
