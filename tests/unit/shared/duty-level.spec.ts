import { describe, expect, it } from '@jest/globals';
import { type DutyLevelCard, effectiveLevel, LEVEL_TERMS, underTerms } from '@app/shared';
import fc from 'fast-check';

const LINE = ['town', 'county', 'city'];
let made = 0;
const set = (centre: string, level: 1 | 2 | 4, part: Partial<DutyLevelCard> = {}): DutyLevelCard => ({
  id: `l${++made}`,
  centre,
  level,
  terms: level === 4 ? { teamsPct: 110, visitsPct: 110, strengthPct: 110 } : LEVEL_TERMS[level],
  state: 'active',
  version: 1,
  from: '2026-11-25T00:00:00.000Z',
  to: '2026-11-26T00:00:00.000Z',
  ...part,
});

describe('the duty level that holds at a centre', () => {
  it('is daily duty where nobody set one', () => {
    expect(effectiveLevel(LINE, [])).toEqual({ level: 3, terms: LEVEL_TERMS[3], set: null });
  });

  it.each<[string, DutyLevelCard[], number]>([
    ['binds those below', [set('city', 2)], 2],
    ['does not bind beside or above', [set('other', 1), set('village', 1)], 3],
    ['is the gravest', [set('city', 2), set('town', 1), set('county', 4)], 1],
    ['is one of the city’s own before daily duty', [set('city', 4)], 4],
    ['is reinforced before one of the own', [set('town', 4), set('city', 2)], 2],
    ['waits for its start', [set('city', 1, { state: 'planned' })], 3],
    ['is undone with its end', [set('city', 1, { state: 'ended' }), set('city', 2, { state: 'lifted' })], 3],
  ])('%s', (_, levels, level) => {
    expect(effectiveLevel(LINE, levels).level).toBe(level);
  });

  it('is of two alike the nearer one, then the later one', () => {
    const [city, near, later] = [
      set('city', 4),
      set('town', 4),
      set('town', 4, { from: '2026-11-25T01:00:00.000Z' }),
    ];
    expect(effectiveLevel(LINE, [city, near]).set).toBe(near);
    expect(effectiveLevel(LINE, [later, near]).set).toBe(later);
  });

  it('does not depend on the order in which levels are told', () => {
    const card = fc
      .record({
        centre: fc.constantFrom('town', 'county', 'city', 'other'),
        level: fc.constantFrom(1 as const, 2 as const, 4 as const),
        hour: fc.integer({ min: 0, max: 23 }),
      })
      .map(({ centre, level, hour }) =>
        set(centre, level, { from: new Date(Date.UTC(2026, 10, 25, hour)).toISOString() }),
      );
    fc.assert(
      fc.property(fc.array(card, { maxLength: 8 }), (levels) => {
        expect(effectiveLevel(LINE, [...levels].reverse())).toEqual(effectiveLevel(LINE, levels));
      }),
    );
  });

  it('rounds up what it asks for and makes nothing out of nothing', () => {
    expect([underTerms(3, 150), underTerms(0, 400), underTerms(4, 100)]).toEqual([5, 0, 4]);
  });
});
