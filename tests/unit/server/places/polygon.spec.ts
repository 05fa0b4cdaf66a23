import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  boxOf,
  centroid,
  contains,
  distanceToRing,
  innerPoint,
  segmentsCross,
  signedArea,
} from '../../../../server/src/places/polygon.js';

const SQUARE = [
  [0, 0],
  [4, 0],
  [4, 4],
  [0, 4],
  [0, 0],
];
const HOLE = [
  [1, 1],
  [1, 3],
  [3, 3],
  [3, 1],
  [1, 1],
];

describe('signedArea', () => {
  it('is positive counter-clockwise, negative clockwise, and reads open and closed rings alike', () => {
    expect(signedArea(SQUARE)).toBe(16);
    expect(signedArea(SQUARE.toReversed())).toBe(-16);
    expect(signedArea(SQUARE.slice(0, -1))).toBe(16);
  });
});

describe('boxOf and centroid', () => {
  it('know a square', () => {
    expect(boxOf(SQUARE)).toEqual([0, 0, 4, 4]);
    expect(centroid(SQUARE)).toEqual([2, 2]);
  });

  it('answers the mean of a ring without area', () => {
    expect(
      centroid([
        [1, 1],
        [3, 1],
      ]),
    ).toEqual([2, 1]);
  });
});

describe('contains', () => {
  it('gives each corner and each side of a tiling to one tile', () => {
    const tiles = [0, 1, 2].flatMap((x) =>
      [0, 1, 2].map((y) => [
        [
          [x, y],
          [x + 1, y],
          [x + 1, y + 1],
          [x, y + 1],
        ],
      ]),
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 11 }), fc.integer({ min: 0, max: 11 }), (x, y) => {
        expect(tiles.filter((tile) => contains(tile, x / 4, y / 4))).toHaveLength(1);
      }),
    );
  });

  it('leaves a hole out, and takes in an island within it', () => {
    const island = [
      [1.5, 1.5],
      [2.5, 1.5],
      [2.5, 2.5],
      [1.5, 2.5],
    ];
    const rings = [SQUARE, HOLE, island];
    expect([contains(rings, 0.5, 0.5), contains(rings, 1.2, 1.2), contains(rings, 2, 2)]).toEqual([
      true,
      false,
      true,
    ]);
  });
});

describe('distanceToRing', () => {
  it('measures to sides, corners and from outside', () => {
    expect(distanceToRing(SQUARE, 2, 1)).toBe(1);
    expect(distanceToRing(SQUARE, 7, 8)).toBe(5);
    expect(distanceToRing(SQUARE, 4, 2)).toBe(0);
  });
});

describe('segmentsCross', () => {
  it('counts a crossing, not a shared end', () => {
    expect(segmentsCross([0, 0], [2, 2], [0, 2], [2, 0])).toBe(true);
    expect(segmentsCross([0, 0], [2, 2], [2, 2], [4, 0])).toBe(false);
    expect(segmentsCross([0, 0], [1, 0], [0, 1], [1, 1])).toBe(false);
  });
});

describe('innerPoint', () => {
  it('lies inside a shape whose centroid does not', () => {
    const horseshoe = [
      [0, 0],
      [9, 0],
      [9, 9],
      [8, 9],
      [8, 1],
      [1, 1],
      [1, 9],
      [0, 9],
    ];
    expect(contains([horseshoe], ...centroid(horseshoe))).toBe(false);
    expect(contains([horseshoe], ...innerPoint(horseshoe))).toBe(true);
  });

  it('finds the room in a sliver', () => {
    const sliver = [
      [0, 0],
      [100, 99],
      [100, 100],
      [99, 99.5],
    ];
    expect(contains([sliver], ...innerPoint(sliver))).toBe(true);
  });

  it('keeps the centroid of a square', () => {
    expect(innerPoint(SQUARE)).toEqual([2, 2]);
  });
});
