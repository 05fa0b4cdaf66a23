import { describe, expect, it } from '@jest/globals';
import {
  expectedCases,
  growSurge,
  hasGrown,
  judge,
  raiseSurge,
  weeksOfHistory,
} from '../../../../server/src/risk/surge.rules.js';
import { idOf, T0 } from '../incidents/story.js';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const SPAN = { from: T0 - 6 * HOUR, to: T0 };
const cases = (...names: string[]) => ({
  category: 'infrastructure' as const,
  grid: '620201001001001',
  incidents: names.map(idOf),
  firstAt: T0 - 3 * HOUR,
  lastAt: T0 - HOUR,
  demo: false,
});
const site = { id: idOf('alert'), centre: idOf('c'), lng: 98.3, lat: 39.8 };
const alert = (() => {
  const { surge } = judge(cases('a', 'b', 'c'), { cases: 0, weeks: 52 }, SPAN);
  return raiseSurge(cases('a', 'b', 'c'), { surge, severity: 3 }, { site, date: '2026-11-24', now: T0 }).next;
})();

describe('a surge', () => {
  it.each([
    ['three where never one was', ['a', 'b', 'c'], { cases: 0, weeks: 52 }, 3],
    ['five where never one was', ['a', 'b', 'c', 'd', 'e'], { cases: 0, weeks: 52 }, 2],
    ['two are too few', ['a', 'b'], { cases: 0, weeks: 52 }, null],
    ['three where one a week is usual', ['a', 'b', 'c'], { cases: 52, weeks: 52 }, null],
    ['five after one quiet week', ['a', 'b', 'c', 'd', 'e'], { cases: 0, weeks: 1 }, 3],
    ['no history says nothing', ['a', 'b', 'c', 'd', 'e'], { cases: 0, weeks: 0 }, null],
  ])('%s', (_, names, history, severity) => {
    expect(judge(cases(...names), history, SPAN).severity).toBe(severity);
  });

  it('tells its figures', () => {
    expect(judge(cases('a', 'b', 'c'), { cases: 5, weeks: 51 }, SPAN).surge).toMatchObject({
      observed: 3,
      expected: 5.5 / 52,
      historyDays: 357,
      ...SPAN,
    });
  });

  it('never expects nothing at all', () => {
    expect(expectedCases({ cases: 0, weeks: 52 })).toBeGreaterThan(0);
  });

  it('counts whole weeks of history, 52 at most', () => {
    expect([6, 7, 20, 1000].map((days) => weeksOfHistory(T0 - days * DAY, T0))).toEqual([0, 1, 2, 52]);
    expect(weeksOfHistory(T0 + DAY, T0)).toBe(0);
  });
});

describe('an episode', () => {
  it('has one key for its day and names exactly its cases', () => {
    expect(alert).toMatchObject({
      key: 'surge:infrastructure:620201001001001:2026-11-24',
      incidents: ['a', 'b', 'c'].map(idOf),
      surge: { observed: 3 },
    });
  });

  it('grows with a new case only, and never becomes milder', () => {
    const judged = (...names: string[]) => judge(cases(...names), { cases: 0, weeks: 52 }, SPAN);
    expect(hasGrown(alert, cases('a', 'c'))).toBe(false);
    expect(growSurge(alert, cases('a', 'b', 'c'), judged('a', 'b', 'c'))).toBeUndefined();
    const grown = growSurge(alert, cases('a', 'b', 'c', 'd', 'e'), judged('a', 'b', 'c', 'd', 'e'));
    expect(grown).toMatchObject({
      next: { severity: 2, version: 2, surge: { observed: 5 } },
      fact: 'alert.updated',
    });
    const milder = { ...judged('a', 'b', 'c', 'd', 'e', 'f'), severity: null };
    expect(grown && growSurge(grown.next, cases('a', 'b', 'c', 'd', 'e', 'f'), milder)?.next.severity).toBe(
      2,
    );
  });

  it('that ended does not grow', () => {
    const dismissed = { ...alert, state: 'dismissed' as const };
    expect(growSurge(dismissed, cases('x'), judge(cases('x'), { cases: 0, weeks: 9 }, SPAN))).toBeUndefined();
  });
});
