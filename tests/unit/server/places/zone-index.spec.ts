import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { contains } from '../../../../server/src/places/polygon.js';
import { ZoneIndex, type ZoneRings } from '../../../../server/src/places/zone-index.js';

/** The slow obvious version: the first zone that holds the point. */
function scan(zones: readonly ZoneRings[], x: number, y: number): number {
  return zones.findIndex((rings) => contains(rings, x, y));
}

type Point = [number, number];

/** Coarse coordinates, so that points fall on vertices, on edges and on each other. */
const coarse = fc.integer({ min: -8, max: 8 });
const fine = fc.double({ min: -9, max: 9, noNaN: true });
const coarsePoint: fc.Arbitrary<Point> = fc.tuple(coarse, coarse);
const anyPoint: fc.Arbitrary<Point> = fc.oneof(coarsePoint, fc.tuple(fine, fine), fc.tuple(coarse, fine));

/** A jagged star: simple, with up to 20 corners. */
const star = fc
  .record({
    middle: fc.tuple(fine, fine),
    reaches: fc.array(fc.double({ min: 0.05, max: 5, noNaN: true }), { minLength: 3, maxLength: 20 }),
  })
  .map(({ middle: [x, y], reaches }) =>
    reaches.map((reach, i): Point => {
      const turn = (2 * Math.PI * i) / reaches.length;
      return [x + reach * Math.cos(turn), y + reach * Math.sin(turn)];
    }),
  );

/** Any ring at all: crossing itself, doubled, flat. */
const scrawl = fc.array(coarsePoint, { minLength: 1, maxLength: 9 });
const zone = fc.array(fc.oneof(star, scrawl), { minLength: 1, maxLength: 3 });

describe('ZoneIndex', () => {
  it('answers like ray casting over all zones, whatever their shape', () => {
    fc.assert(
      fc.property(
        fc.array(zone, { maxLength: 8 }),
        fc.array(anyPoint, { minLength: 1, maxLength: 60 }),
        fc.constantFrom(1, 3, 8, 32, 64),
        (zones, points, side) => {
          const index = new ZoneIndex(zones, side);
          const probes = [
            ...points,
            ...zones.flat(2).slice(0, 80),
            ...zones.flat().flatMap(midpoints).slice(0, 80),
          ];
          for (const [x, y] of probes) expect([x, y, index.locate(x, y)]).toEqual([x, y, scan(zones, x, y)]);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('gives every point of a tiling to exactly one tile, also on shared sides', () => {
    const tiles = jaggedTiles(9);
    const zones = tiles.map((tile) => [tile]);
    const index = new ZoneIndex(zones);
    const probes = [...tiles.flat(), ...tiles.flatMap(midpoints)];
    for (const [x, y] of probes.filter(([px, py]) => px > 0.5 && px < 8.5 && py > 0.5 && py < 8.5)) {
      const holders = zones.flatMap((rings, i) => (contains(rings, x, y) ? [i] : []));
      expect(holders).toHaveLength(1);
      expect(index.locate(x, y)).toBe(holders[0]);
    }
  });

  it('reads holes and further parts of one zone', () => {
    const outer: Point[] = [
      [0, 0],
      [10, 0],
      [10, 10],
      [0, 10],
      [0, 0],
    ];
    const hole: Point[] = [
      [3, 3],
      [3, 7],
      [7, 7],
      [7, 3],
      [3, 3],
    ];
    const island: Point[] = [
      [20, 0],
      [22, 0],
      [22, 2],
      [20, 2],
      [20, 0],
    ];
    const index = new ZoneIndex([[outer, hole, island], [hole]]);
    expect([index.locate(1, 1), index.locate(5, 5), index.locate(21, 1), index.locate(15, 1)]).toEqual([
      0, 1, 0, -1,
    ]);
  });

  it('lets the first of two overlapping zones win', () => {
    const big: Point[] = [
      [0, 0],
      [10, 0],
      [10, 10],
      [0, 10],
    ];
    const small: Point[] = [
      [4, 4],
      [6, 4],
      [6, 6],
      [4, 6],
    ];
    expect(ZoneIndex.ofRings([small, big]).locate(5, 5)).toBe(0);
    expect(ZoneIndex.ofRings([big, small]).locate(5, 5)).toBe(0);
  });

  it('answers -1 for nothing, nowhere and no number', () => {
    expect(new ZoneIndex([]).locate(1, 1)).toBe(-1);
    expect(new ZoneIndex([[]]).locate(1, 1)).toBe(-1);
    const index = ZoneIndex.ofRings([
      [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 1],
      ],
    ]);
    expect([
      index.locate(NaN, 0.5),
      index.locate(0.5, NaN),
      index.locate(Infinity, 0.5),
      index.locate(2, 2),
    ]).toEqual([-1, -1, -1, -1]);
  });

  it('refuses a ring with anything but numbers', () => {
    expect(() =>
      ZoneIndex.ofRings([
        [
          [0, 0],
          [1, NaN],
          [1, 1],
        ],
      ]),
    ).toThrow('wanted two finite numbers');
  });

  it('tells whether a point is still in its zone', () => {
    const index = ZoneIndex.ofRings(jaggedTiles(4));
    const zone = index.locate(1.5, 1.5);
    expect([index.holds(zone, 1.6, 1.4), index.holds(zone, 3.5, 3.5)]).toEqual([true, false]);
  });
});

function midpoints(ring: readonly Point[]): Point[] {
  return ring.map(([x, y], i): Point => {
    const [nextX, nextY] = ring[(i + 1) % ring.length] ?? [x, y];
    return [(x + nextX) / 2, (y + nextY) / 2];
  });
}

/** `count` × `count` tiles whose corners are pushed about: neighbours share their corners' bits. */
function jaggedTiles(count: number): Point[][] {
  const corner = (x: number, y: number): Point => [
    x + 0.3 * Math.sin(7 * x + 3 * y),
    y + 0.3 * Math.cos(5 * x - 2 * y),
  ];
  return Array.from({ length: count * count }, (_, i) => {
    const [x, y] = [i % count, Math.floor(i / count)];
    return [corner(x, y), corner(x + 1, y), corner(x + 1, y + 1), corner(x, y + 1)];
  });
}
