import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PointGrid } from '../../../../web/src/store/point-grid.js';

const place = fc.tuple(
  fc.double({ min: -1, max: 1, noNaN: true }),
  fc.double({ min: -1, max: 1, noNaN: true }),
);
const places = fc.array(place, { maxLength: 300 });
const gridOf = (points: readonly (readonly [number, number])[]) =>
  new PointGrid(
    points.map(([x]) => x),
    points.map(([, y]) => y),
    points.length,
    2,
  );

describe('a grid of points', () => {
  it('holds every point once', () => {
    fc.assert(
      fc.property(places, (points) => {
        expect([...gridOf(points).order].sort((a, b) => a - b)).toEqual(points.map((_, i) => i));
      }),
    );
  });

  it('finds what a look at every point finds', () => {
    fc.assert(
      fc.property(places, place, fc.double({ min: 0, max: 1, noNaN: true }), (points, [x, y], within) => {
        const away = (i: number) => Math.hypot((points[i]?.[0] ?? NaN) - x, (points[i]?.[1] ?? NaN) - y);
        const found = gridOf(points).nearest(x, y, within);
        const least = Math.min(Infinity, ...points.map((_, i) => away(i)));
        if (found < 0) expect(least).toBeGreaterThanOrEqual(within * (1 - 1e-12));
        else expect(away(found)).toBeCloseTo(least, 12);
      }),
    );
  });

  it('tells all that lies in a box, and little besides', () => {
    fc.assert(
      fc.property(places, place, place, (points, [ax, ay], [bx, by]) => {
        const box = [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)] as const;
        const grid = gridOf(points);
        const told = new Set<number>();
        for (const [from, to] of grid.within(box)) for (const i of grid.order.subarray(from, to)) told.add(i);
        points.forEach(([x, y], i) => {
          if (x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3]) expect(told.has(i)).toBe(true);
        });
      }),
    );
  });
});
