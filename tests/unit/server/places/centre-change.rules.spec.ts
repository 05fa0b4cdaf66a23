import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Centre, CentreChange, CentreDraft } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { CentreTree } from '../../../../server/src/access/centre-tree.js';
import type { Database } from '../../../../server/src/platform/database.js';
import {
  checkArea,
  checkChange,
  checkDraft,
  extentOf,
} from '../../../../server/src/places/centre-change.rules.js';

const LEVELS = ['city', 'county', 'town', 'community'];
const centre = (id: string, parent: string | null, level: string, more: Partial<Centre> = {}): Centre => ({
  id,
  parent,
  level,
  kind: level,
  code: null,
  name: id,
  names: { hans: id, hant: id, en: id },
  aliases: [],
  anchor: null,
  bbox: null,
  closedAt: null,
  successor: null,
  version: 1,
  ...more,
});
const ROWS = [
  centre('root', null, 'city'),
  centre('a', 'root', 'county'),
  centre('b', 'root', 'county'),
  centre('a1', 'a', 'town'),
  centre('gone', 'root', 'county', { closedAt: '2026-01-01T00:00:00.000Z', successor: 'b' }),
];
const names = { hans: '新', hant: '新', en: 'New' };
const square = (west: number, south: number, size: number): [number, number][] => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
];

let tree: CentreTree;
beforeEach(async () => {
  tree = new CentreTree({} as Database);
  const query = async (sql: string) => (sql.includes('counter') ? [{ tree: 1 }] : ROWS);
  await tree.loadFrom({ query } as unknown as EntityManager);
});

describe('a new centre', () => {
  it.each<[string, CentreDraft, string | null]>([
    ['stands below its parent', { parent: 'a', level: 'town', names }, null],
    ['may leave a level out', { parent: 'root', level: 'community', names }, null],
    ['needs a parent', { level: 'town', names }, 'centre.unknown'],
    ['needs a parent that is known', { parent: 'x', level: 'town', names }, 'centre.unknown'],
    ['does not stand beside its parent', { parent: 'a', level: 'county', names }, 'centre.illegal'],
    ['has a level of the city', { parent: 'a', level: 'galaxy', names }, 'centre.illegal'],
    ['does not stand below a closed one', { parent: 'gone', level: 'town', names }, 'centre.illegal'],
  ])('%s', (_, draft, code) => {
    const decision = checkDraft(tree, draft, LEVELS);
    expect(decision.ok ? null : decision.code).toBe(code);
  });
});

describe('a change of a centre', () => {
  it.each<[string, string, CentreChange, string | null]>([
    ['takes a new name', 'a1', { version: 1, names }, null],
    ['moves below another parent', 'a1', { version: 1, parent: 'b' }, null],
    ['is for the version that stands', 'a1', { version: 2, names }, 'centre.stale'],
    ['never puts a centre below itself', 'a', { version: 1, parent: 'a1' }, 'centre.illegal'],
    ['keeps levels in order', 'a', { version: 1, parent: 'b' }, 'centre.illegal'],
    ['leaves the root where it is', 'root', { version: 1, parent: 'a' }, 'centre.illegal'],
    ['closes with a successor', 'a1', { version: 1, close: { successor: 'b' } }, null],
    [
      'closes nothing that has open centres below',
      'a',
      { version: 1, close: { successor: 'b' } },
      'centre.illegal',
    ],
    ['hands over to nobody closed', 'a1', { version: 1, close: { successor: 'gone' } }, 'centre.illegal'],
    ['hands over to somebody else', 'a1', { version: 1, close: { successor: 'a1' } }, 'centre.illegal'],
    ['leaves a closed centre alone', 'gone', { version: 1, names }, 'centre.illegal'],
  ])('%s', (_, id, change, code) => {
    const held = tree.get(id);
    if (!held) throw new Error(id);
    const decision = checkChange(tree, held, change, LEVELS);
    expect(decision.ok ? null : decision.code).toBe(code);
  });
});

describe('an area', () => {
  it('closes its rings and lies on the globe', () => {
    expect(checkArea({ type: 'Polygon', coordinates: [square(98, 39, 1)] }, 1)).toEqual({
      ok: true,
      value: 1,
    });
    expect(checkArea({ type: 'Polygon', coordinates: [square(39, 98, 1)] }, 1)).toMatchObject({
      code: 'place.out-of-range',
    });
    expect(checkArea({ type: 'Polygon', coordinates: [square(98, 39, 1).slice(0, 4)] }, 1)).toMatchObject({
      code: 'request.malformed',
    });
  });

  it('has a box around all of it and an anchor in its largest part', () => {
    const area = { type: 'MultiPolygon' as const, coordinates: [[square(0, 0, 1)], [square(10, 10, 4)]] };
    expect(extentOf(area)).toEqual({ bbox: [0, 0, 14, 14], anchor: [12, 12] });
  });
});
