import { describe, expect, it } from '@jest/globals';
import type { Centre } from '@app/shared';
import { branchOf, childrenOf, isBelow, pathTo } from '../../../../web/src/screens/desk/centre-branches.js';

const centre = (id: string, parent: string | null, part: Partial<Centre> = {}): Centre => ({
  id,
  parent,
  level: 'city',
  kind: 'x',
  code: null,
  name: id,
  names: { hans: id, hant: '', en: `${id} in English` },
  aliases: [],
  anchor: null,
  bbox: null,
  closedAt: null,
  successor: null,
  version: 1,
  ...part,
});
const TREE = new Map(
  [
    centre('city', null),
    centre('west', 'city'),
    centre('east', 'city'),
    centre('town', 'west'),
    centre('closed', 'west', { closedAt: '2026-01-01T00:00:00Z' }),
  ].map((one) => [one.id, one]),
);

describe('the tree of centres', () => {
  it.each<[string, string, string[]]>([
    ['town', 'city', ['city', 'west', 'town']],
    ['town', 'west', ['west', 'town']],
    ['west', 'west', ['west']],
    ['city', 'west', ['city']],
    ['unknown', 'city', []],
  ])('leads to %s from %s', (to, from, wanted) => {
    expect(pathTo(TREE, to, from).map(({ id }) => id)).toEqual(wanted);
  });

  it('knows what stands below', () => {
    expect(isBelow(TREE, 'town', 'west')).toBe(true);
    expect(isBelow(TREE, 'town', 'east')).toBe(false);
    expect(isBelow(TREE, 'unknown', 'city')).toBe(false);
  });

  it('offers open centres in the language asked, simplified Chinese where there is no other', () => {
    const below = childrenOf(TREE);
    const tree = branchOf('west', { centres: TREE, below, language: 'zh-Hant' });
    expect(tree).toEqual({
      value: 'west',
      title: 'west',
      children: [{ value: 'town', title: 'town', children: [] }],
    });
    expect(branchOf('town', { centres: TREE, below, language: 'en' })?.title).toBe('town in English');
  });
});
