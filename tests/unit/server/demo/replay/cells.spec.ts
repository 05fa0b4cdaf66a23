import { describe, expect, it } from '@jest/globals';
import { type Area, isInRing, type LngLat } from '@app/shared';
import { array, assert, constantFrom, double, property, record } from 'fast-check';
import { cellsOf, type Labelled } from '../../../../../server/src/demo/replay/cells.js';

const polygonsOf = (area: Area) => (area.type === 'Polygon' ? [area.coordinates] : area.coordinates);

/** Inside the outer ring of one polygon and in none of its holes. */
function isWithin(area: Area | undefined, [lng, lat]: LngLat): boolean {
  return polygonsOf(area ?? { type: 'Polygon', coordinates: [] }).some(
    ([outer, ...holes]) =>
      outer && isInRing(lng, lat, outer) && !holes.some((hole) => isInRing(lng, lat, hole)),
  );
}

describe('cells around labelled places', () => {
  it('hold every place of their label and no place of another', () => {
    const place = record({
      lng: double({ min: -122.5, max: -122.38, noNaN: true }),
      lat: double({ min: 37.72, max: 37.81, noNaN: true }),
      area: constantFrom('94103', '94107', '94110', '94112'),
    });
    assert(
      property(array(place, { minLength: 3, maxLength: 120 }), (drawn) => {
        const places = new Map<string, Labelled>();
        for (const { lng, lat, area } of drawn)
          places.set(`${lng.toFixed(3)},${lat.toFixed(3)}`, { place: [lng, lat], area });
        if (places.size < 3) return;
        const cells = cellsOf([...places.values()]);
        expect([...cells.keys()].sort()).toEqual(
          [...new Set([...places.values()].map(({ area }) => area))].sort(),
        );
        for (const { place, area } of places.values())
          for (const [name, cell] of cells) expect(isWithin(cell, place)).toBe(name === area);
      }),
      { numRuns: 60 },
    );
  });

  it('closes every ring on its first point and stays near the places', () => {
    const places = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((i): Labelled => ({
      place: [-122.4 + (i % 3) * 0.01, 37.75 + Math.floor(i / 3) * 0.01],
      area: i % 3 === 0 ? 'west' : 'east',
    }));
    const cells = cellsOf(places);
    expect([...cells.keys()].sort()).toEqual(['east', 'west']);
    for (const cell of cells.values())
      for (const ring of polygonsOf(cell).flat()) {
        expect(ring.at(-1)).toEqual(ring[0]);
        for (const [lng, lat] of ring) {
          expect(Math.abs(lng + 122.39)).toBeLessThan(0.04);
          expect(Math.abs(lat - 37.76)).toBeLessThan(0.04);
        }
      }
  });

  it('gives no areas to two places', () => {
    expect(cellsOf([{ place: [0, 0], area: 'a' }]).size).toBe(0);
  });
});
