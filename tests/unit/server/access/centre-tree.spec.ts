import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Centre } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { visibleCentre, visibleTree } from '../../../../server/src/access/centre.rules.js';
import { CentreTree } from '../../../../server/src/access/centre-tree.js';
import type { Database } from '../../../../server/src/platform/database.js';

const centre = (id: string, parent: string | null, more: Partial<Centre> = {}): Centre => ({
  id,
  parent,
  level: 'town',
  kind: 'town',
  code: null,
  name: id,
  names: { hans: id, hant: id, en: id },
  aliases: ['old'],
  anchor: [98, 39],
  bbox: [97, 38, 99, 40],
  closedAt: null,
  successor: null,
  version: 1,
  ...more,
});

//        root
//    a          b
//  a1  a2→b1   b1
const ROWS = [
  centre('root', null),
  centre('a', 'root'),
  centre('b', 'root'),
  centre('a1', 'a'),
  centre('a2', 'a', { closedAt: '2026-01-01T00:00:00.000Z', successor: 'b1' }),
  centre('b1', 'b'),
];

let tree: CentreTree;
beforeEach(async () => {
  tree = new CentreTree({} as Database);
  const query = async (sql: string) => (sql.includes('counter') ? [{ tree: 7 }] : ROWS);
  await tree.loadFrom({ query } as unknown as EntityManager);
});

describe('the tree', () => {
  it('knows its version, its root, lines up and subtrees down', () => {
    expect(tree.version).toBe(7);
    expect(tree.root()?.id).toBe('root');
    expect(tree.lineage('a1')).toEqual(['a1', 'a', 'root']);
    expect(tree.subtree('a')).toEqual(['a', 'a1', 'a2']);
    expect(tree.isWithin('a1', 'a')).toBe(true);
    expect(tree.isWithin('a1', 'b')).toBe(false);
    expect(tree.commonAncestor(['a1', 'b1'])).toBe('root');
  });

  it('tells every party and all above it, and others as they are', () => {
    expect(tree.seenBy(['a1'], ['team'])).toEqual(['a', 'a1', 'root', 'team']);
    expect(tree.seenBy(['a1', 'b1'])).toEqual(['a', 'a1', 'b', 'b1', 'root']);
    expect(tree.seenBy(['nobody'])).toEqual([]);
  });

  it('gives the business of a closed centre to its successor as well', () => {
    expect(tree.heirs('a2')).toEqual(['a2', 'b1']);
    expect(tree.seenBy(['a2'])).toEqual(['a', 'a2', 'b', 'b1', 'root']);
  });

  it('shows the own subtree, and of those above only what a breadcrumb needs', () => {
    const seen = visibleTree(tree, 'a');
    expect(seen.map(({ id }) => id)).toEqual(['root', 'a', 'a1', 'a2']);
    expect(seen[0]).toMatchObject({ name: 'root', aliases: [], anchor: null, bbox: null });
    expect(seen[1]).toMatchObject({ aliases: ['old'], anchor: [98, 39] });
    expect(visibleCentre(tree, 'a', 'root')?.bbox).toBeNull();
    expect(visibleCentre(tree, 'a', 'b')).toBeUndefined();
    expect(visibleCentre(tree, 'a', 'nobody')).toBeUndefined();
  });
});
