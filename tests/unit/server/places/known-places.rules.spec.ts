import { expect, it } from '@jest/globals';
import { roadsOf, villagesOf } from '../../../../server/src/places/known-places.rules.js';

const names = (hans: string) => ({ hans, hant: hans, en: hans });
const line = (hans: string, ...coordinates: [number, number][]) => ({
  type: 'Feature',
  geometry: { type: 'LineString', coordinates },
  properties: { class: 'street', rank: 3, names: names(hans) },
});

it('knows a road by all of its pieces, and where it meets another one', () => {
  const roads = roadsOf({
    features: [
      line('新华路', [0, 0], [1, 0], [2, 0]),
      line('新华路', [2, 0], [3, 0]),
      line('迎宾路', [1, 1], [1, 0]),
      line('', [0, 0], [1, 0]),
      { geometry: { type: 'Polygon', coordinates: [] }, properties: {} },
      null,
    ],
  });
  expect(roads.map(({ kind, names: { hans }, points }) => [kind, hans, points.length])).toEqual([
    ['road', '新华路', 5],
    ['road', '迎宾路', 2],
    ['crossing', '新华路与迎宾路路口', 1],
  ]);
  expect(roads.at(-1)?.points).toEqual([[1, 0]]);
});

it('finds nothing in what is no layer', () => {
  expect([roadsOf(null), roadsOf({ features: 'x' }), villagesOf(undefined, ['village'])]).toEqual([
    [],
    [],
    [],
  ]);
});
