import { describe, expect, it } from '@jest/globals';
import { type Centre, type DutyLevelCard, LEVEL_TERMS } from '../../../../shared/src/index.js';
import { levelAt } from '../../../../web/src/store/use-level.js';

const centre = (id: string, parent: string | null): [string, Centre] => [
  id,
  { id, parent, level: 'county', closedAt: null } as Centre,
];
/** A county's session: what stands above it is not in sight. */
const SEEN = new Map([centre('county', 'city'), centre('town', 'county')]);
const set = (at: string, level: 1 | 2): [string, DutyLevelCard] => [
  `${at}-${level}`,
  {
    id: `${at}-${level}`,
    centre: at,
    level,
    terms: LEVEL_TERMS[level],
    state: 'active',
    version: 1,
    from: '2026-11-25T00:00:00.000Z',
    to: '2026-11-26T00:00:00.000Z',
  },
];

describe('the duty level that a screen shows', () => {
  it.each([
    ['county', [], 3],
    ['county', [set('town', 1)], 3],
    ['town', [set('county', 2)], 2],
    ['county', [set('city', 2)], 2],
    ['town', [set('city', 2), set('town', 1)], 1],
  ] as const)('%s under %j is %d', (scope, levels, level) => {
    expect(levelAt(scope, SEEN, new Map(levels)).level).toBe(level);
  });
});
