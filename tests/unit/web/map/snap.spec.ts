import { describe, expect, it } from '@jest/globals';
import { distanceM, type LngLat } from '@app/shared';
import fc from 'fast-check';
import { snap, snapLine } from '../../../../web/src/map/snap.js';

const square = snapLine([
  [98, 39],
  [98.1, 39],
  [98.1, 39.1],
  [98, 39.1],
  [98, 39],
]);

describe('snapping', () => {
  it('goes to a corner before an edge, and nowhere when nothing is near', () => {
    expect(snap([98.001, 39.0005], [square], 0.002)).toEqual([98, 39]);
    const [lng = 0, lat = 0] = snap([98.05, 39.0005], [square], 0.002) ?? [];
    expect([lng, lat]).toEqual([98.05, 39]);
    expect(snap([98.05, 39.05], [square], 0.002)).toBeUndefined();
    expect(snap([97, 39], [square], 0.002)).toBeUndefined();
  });

  it('takes the nearest of several lines', () => {
    const road = snapLine([
      [97.9, 39.0004],
      [98.2, 39.0004],
    ]);
    const [, lat] = snap([98.05, 39.0005], [square, road], 0.002) ?? [];
    expect(lat).toBeCloseTo(39.0004, 9);
  });

  it('finds what a slow walk along the line finds', () => {
    const place = fc.tuple(
      fc.double({ min: 98, max: 98.02, noNaN: true }),
      fc.double({ min: 39, max: 39.02, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(place, { minLength: 2, maxLength: 6 }), place, (corners, at) => {
        const reachM = 300;
        const reachDeg = reachM / (111_195 * Math.cos((at[1] * Math.PI) / 180));
        const walked = corners.flatMap((to, i): LngLat[] => {
          const from = corners[i - 1];
          if (!from) return [];
          return Array.from({ length: 201 }, (_, k) => [
            from[0] + ((to[0] - from[0]) * k) / 200,
            from[1] + ((to[1] - from[1]) * k) / 200,
          ]);
        });
        const nearestM = Math.min(...walked.map((there) => distanceM(at, there)));
        const found = snap(at, [snapLine(corners)], reachDeg);
        if (nearestM < reachM * 0.95) expect(found).toBeDefined();
        if (found) expect(distanceM(at, found)).toBeLessThanOrEqual(reachM * 1.01);
      }),
    );
  });
});
