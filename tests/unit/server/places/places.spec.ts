import { describe, expect, it } from '@jest/globals';
import type { Area, Centre, CentreId } from '@app/shared';
import type { CentreTree } from '../../../../server/src/access/centre-tree.js';
import type { AreaRow, GridRow, PlaceRepository } from '../../../../server/src/places/place.repository.js';
import { Places } from '../../../../server/src/places/places.js';
import { Log } from '../../../../server/src/platform/log.js';

const square = (west: number, south: number, east: number, north: number): Area => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ],
});

/** A city of 4 × 4 with two counties of 2 × 4; the western one has a town in its south. */
function open() {
  const parents = new Map<CentreId, CentreId | null>([
    ['city', null],
    ['west', 'city'],
    ['east', 'city'],
    ['town', 'west'],
  ]);
  const closed = new Set<CentreId>();
  const tree = {
    version: 1,
    lineage(id: CentreId): CentreId[] {
      const parent = parents.get(id);
      return parent === undefined ? [] : parent === null ? [id] : [id, ...this.lineage(parent)];
    },
    get: (id: CentreId) => ({ id, closedAt: closed.has(id) ? '2026-01-01T00:00:00Z' : null }) as Centre,
    root: () => undefined,
  };
  const areas: AreaRow[] = [
    { centre: 'city', geometry: square(0, 0, 4, 4) },
    { centre: 'west', geometry: square(0, 0, 2, 4) },
    { centre: 'east', geometry: square(2, 0, 4, 4) },
    { centre: 'town', geometry: square(0, 0, 2, 2) },
    { centre: 'stranger', geometry: square(0, 0, 4, 4) },
  ];
  const grids: GridRow[] = [
    { code: '001', kind: 'basic', centre: 'town', anchor: [1, 1], geometry: square(0, 0, 2, 2) },
    { code: '002', kind: 'basic', centre: 'east', anchor: [3, 2], geometry: square(2, 0, 4, 4) },
  ];
  const rows = { areas: () => Promise.resolve(areas), grids: () => Promise.resolve(grids) };
  const log = new Log({ logLevel: 'silent', site: 'test' });
  const places = new Places(tree as unknown as CentreTree, rows as unknown as PlaceRepository, log);
  return { places, tree, areas, closed };
}

describe('where a point lies', () => {
  it.each([
    ['in the town', 1, 1, 'town', '001'],
    ['in the county outside of its town and of every grid', 1, 3, 'west', null],
    ['in the other county', 3, 1, 'east', '002'],
    ['outside of the city', 5, 1, null, null],
  ])('%s', async (_, lng, lat, centre, grid) => {
    const { places } = open();
    await places.current();
    expect(places.locate(lng, lat)).toEqual({ centre, grid });
  });

  it('is nowhere before anything is loaded, and in no centre that the tree does not have', async () => {
    const { places } = open();
    expect(places.locate(1, 1)).toEqual({ centre: null, grid: null });
    await places.current();
    expect(places.locate(3.5, 3.5).centre).toBe('east');
  });

  it('follows the tree: a closed centre gives its ground to the one above', async () => {
    const { places, tree, closed } = open();
    await places.current();
    closed.add('town');
    tree.version = 2;
    await places.current();
    expect(places.locate(1, 1)).toEqual({ centre: 'west', grid: '001' });
  });

  it('finds a grid by its code', async () => {
    const { places } = open();
    await places.current();
    expect(places.grid('002')).toMatchObject({ centre: 'east', anchor: [3, 2] });
    expect(places.grid('009')).toBeUndefined();
  });
});
