import { describe, expect, it } from '@jest/globals';
import { distanceM } from '@app/shared';
import * as fc from 'fast-check';
import { Nearest } from '../../../../server/src/positions/nearest.js';

type Place = readonly [number, number];

const columns = (places: readonly Place[]) => ({
  lng: Float64Array.from(places, ([lng]) => lng),
  lat: Float64Array.from(places, ([, lat]) => lat),
});
const all = (places: readonly Place[]) => places.map((_, row) => row);
const around = ([lng, lat]: Place, reach: number) =>
  fc.tuple(
    fc.double({ min: lng - reach, max: lng + reach, noNaN: true }),
    fc.double({ min: lat - reach, max: lat + reach, noNaN: true }),
  );

/** The slow obvious version: the distance to every row, sorted. Equal up to a micrometre counts as equal. */
function expectNearest(
  search: Nearest,
  places: readonly Place[],
  rows: readonly number[],
  at: Place,
  k: number,
) {
  const scan = rows.map((row) => distanceM(places[row] ?? [0, 0], at)).sort((a, b) => a - b);
  const found = search.nearest(at[0], at[1], k);
  expect(found.length).toBe(Math.min(k, rows.length));
  expect(new Set(found.map(({ row }) => row)).size).toBe(found.length);
  for (const [i, { row, distanceM: told }] of found.entries()) {
    expect(rows).toContain(row);
    expect(Math.abs(told - (scan[i] ?? NaN))).toBeLessThan(1e-3);
    expect(Math.abs(told - distanceM(places[row] ?? [0, 0], at))).toBeLessThan(1e-3);
  }
}

describe('Nearest', () => {
  it.each<[string, Place, number]>([
    ['a city', [98.2888, 39.7721], 0.2],
    ['a street', [98.2888, 39.7721], 0.003],
    ['a province', [103, 37], 5],
    ['near a pole', [20, 84], 4],
  ])('finds what a scan finds in %s', (_, centre, reach) => {
    const places = fc.array(around(centre, reach), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(places, around(centre, reach * 1.5), fc.integer({ min: 1, max: 12 }), (fleet, at, k) => {
        const rows = all(fleet).filter((row) => row % 5 !== 0 || fleet.length < 3);
        const search = new Nearest();
        search.rebuild(rows, columns(fleet));
        expectNearest(search, fleet, rows, at, k);
      }),
      { numRuns: 150 },
    );
  });

  it('finds across the antimeridian and with one team far away', () => {
    const fleet: Place[] = [
      [179.99, 10],
      [-179.99, 10],
      [179.5, 10],
      [116, 40],
    ];
    const search = new Nearest();
    search.rebuild(all(fleet), columns(fleet));
    expect(search.nearest(-179.995, 10, 2).map(({ row }) => row)).toEqual([1, 0]);
    expectNearest(search, fleet, all(fleet), [120, 35], 4);
  });

  it('of equally near rows names the lower first, whatever their order', () => {
    const fleet: Place[] = [
      [98, 39],
      [98, 39],
      [98, 39],
      [98, 39],
    ];
    const search = new Nearest();
    search.rebuild([3, 1, 2, 0], columns(fleet));
    expect(search.nearest(98, 39, 2).map(({ row }) => row)).toEqual([0, 1]);
    expect(search.nearest(98, 39, 2).map(({ distanceM: told }) => told)).toEqual([0, 0]);
  });

  it('finds nothing where nothing is, and no more than there is', () => {
    const search = new Nearest();
    expect(search.nearest(98, 39, 10)).toEqual([]);
    search.rebuild([0], columns([[98, 39]]));
    expect(search.nearest(98, 39, 10)).toHaveLength(1);
    expect(search.nearest(98, 39, 0)).toEqual([]);
    search.rebuild([], columns([]));
    expect(search.nearest(98, 39, 10)).toEqual([]);
  });

  it('is rebuilt whole: what was available before is not found again', () => {
    const fleet: Place[] = Array.from({ length: 100 }, (_, i) => [98 + i / 1000, 39]);
    const search = new Nearest();
    search.rebuild(all(fleet), columns(fleet));
    search.rebuild([7, 90], columns(fleet));
    expect(search.nearest(98, 39, 5).map(({ row }) => row)).toEqual([7, 90]);
  });
});
