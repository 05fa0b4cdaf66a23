import { describe, expect, it } from '@jest/globals';
import {
  bboxOf,
  bearingDeg,
  distanceM,
  fromWgs84,
  isInRing,
  Lat,
  Lng,
  localMetres,
  toWgs84,
} from '@app/shared';
import type { Datum, LngLat } from '@app/shared';
import * as fc from 'fast-check';

const CITY: LngLat = [98.2888, 39.7721];
const degrees = (min: number, max: number) => fc.double({ min, max, noNaN: true });

describe('Lng and Lat', () => {
  it.each([NaN, Infinity, -Infinity, 180.0001, -180.0001, '98', null])('refuse the longitude %p', (value) => {
    expect(Lng.safeParse(value).success).toBe(false);
  });
  it.each([NaN, Infinity, 90.0001, -90.0001, '39', undefined])('refuse the latitude %p', (value) => {
    expect(Lat.safeParse(value).success).toBe(false);
  });
  it('take the whole world', () => {
    for (const lng of [-180, 0, 180]) expect(Lng.parse(lng)).toBe(lng);
    for (const lat of [-90, 0, 90]) expect(Lat.parse(lat)).toBe(lat);
  });
});

describe('distanceM and bearingDeg', () => {
  it('know one degree of a meridian', () => {
    expect(distanceM([0, 0], [0, 1])).toBeCloseTo(111_195.08, 2);
    expect(distanceM([0, 0], [180, 0])).toBeCloseTo(Math.PI * 6_371_008.8, 3);
  });
  it('cross the antimeridian by the short way', () => {
    expect(distanceM([179.9, 0], [-179.9, 0])).toBeCloseTo(distanceM([0, 0], [0.2, 0]), 3);
  });
  it.each<[LngLat, number]>([
    [[0, 1], 0],
    [[1, 0], 90],
    [[0, -1], 180],
    [[-1, 0], 270],
    [[0, 0], 0],
  ])('point from the origin to %p at %d°', (to, bearing) => {
    expect(bearingDeg([0, 0], to)).toBeCloseTo(bearing, 9);
  });
});

describe('bboxOf', () => {
  it('is undefined for nothing', () => {
    expect(bboxOf([])).toBeUndefined();
  });
  it('is west, south, east, north', () => {
    expect(bboxOf([[98.2, 39.9], [98.4, 39.7], CITY])).toEqual([98.2, 39.7, 98.4, 39.9]);
  });
});

describe('isInRing', () => {
  const square: LngLat[] = [
    [0, 0],
    [2, 0],
    [2, 2],
    [0, 2],
  ];
  const bay: LngLat[] = [
    [0, 0],
    [4, 0],
    [4, 4],
    [2, 1],
    [0, 4],
  ];

  it('tells in from out, whether the ring repeats its first point or not', () => {
    for (const ring of [square, [...square, square[0] ?? CITY]]) {
      expect(isInRing(1, 1, ring)).toBe(true);
      expect(isInRing(3, 1, ring)).toBe(false);
      expect(isInRing(1, 3, ring)).toBe(false);
    }
  });
  it('follows a bay', () => {
    expect(isInRing(2, 3, bay)).toBe(false);
    expect(isInRing(2, 0.5, bay)).toBe(true);
  });
  it('is false for no ring at all', () => {
    expect(isInRing(0, 0, [])).toBe(false);
  });
  it('gives every place to exactly one of two neighbours', () => {
    const east: LngLat[] = [
      [2, 0],
      [4, 0],
      [4, 2],
      [2, 2],
    ];
    for (const lat of [0, 0.5, 1, 1.5]) {
      expect(Number(isInRing(2, lat, square)) + Number(isInRing(2, lat, east))).toBe(1);
    }
  });
});

describe('localMetres', () => {
  it('goes there and back', () => {
    const flat = localMetres(CITY);
    const [lng, lat] = flat.toLngLat(...flat.toMetres([98.3, 39.8]));
    expect(lng).toBeCloseTo(98.3, 12);
    expect(lat).toBeCloseTo(39.8, 12);
  });
  it('agrees with the great circle within 1 % in a city', () => {
    fc.assert(
      fc.property(degrees(-0.3, 0.3), degrees(-0.3, 0.3), (dLng, dLat) => {
        const there: LngLat = [CITY[0] + dLng, CITY[1] + dLat];
        const length = distanceM(CITY, there);
        expect(Math.abs(Math.hypot(...localMetres(CITY).toMetres(there)) - length)).toBeLessThanOrEqual(
          length * 0.01,
        );
      }),
      { numRuns: 100 },
    );
  });
  it('refuses the poles', () => {
    expect(() => localMetres([0, 90])).toThrow(RangeError);
    expect(() => localMetres([0, NaN])).toThrow(RangeError);
  });
});

describe('datums', () => {
  const SHIFTED: [Datum, LngLat][] = [
    ['wgs84', CITY],
    ['cgcs2000', CITY],
    ['gcj02', [98.289399, 39.772932]],
    ['bd09', [98.2958, 39.779195]],
  ];

  it.each(SHIFTED)('%s of the centre of the city is %p', (datum, [lng, lat]) => {
    const seen = fromWgs84(...CITY, datum);
    expect(seen[0]).toBeCloseTo(lng, 6);
    expect(seen[1]).toBeCloseTo(lat, 6);
  });

  it.each<Datum>(['gcj02', 'bd09'])('%s comes back within 1e-9° everywhere in China', (datum) => {
    fc.assert(
      fc.property(degrees(72.01, 137.83), degrees(0.83, 55.82), (lng, lat) => {
        const [backLng, backLat] = toWgs84(...fromWgs84(lng, lat, datum), datum);
        expect(Math.abs(backLng - lng)).toBeLessThan(1e-9);
        expect(Math.abs(backLat - lat)).toBeLessThan(1e-9);
      }),
      { numRuns: 500 },
    );
  });

  it.each<Datum>(['gcj02', 'bd09', 'wgs84', 'cgcs2000'])('%s moves nothing outside China', (datum) => {
    for (const [lng, lat] of [
      [2.35, 48.86],
      [-74, 40.7],
      [151.2, -33.9],
      [0, 90],
      [180, -90],
    ] as const) {
      expect(fromWgs84(lng, lat, datum)).toEqual([lng, lat]);
      expect(toWgs84(lng, lat, datum)).toEqual([lng, lat]);
    }
  });
});
