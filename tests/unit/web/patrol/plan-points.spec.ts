import { describe, expect, it } from '@jest/globals';
import type { DutyLevelNumber } from '@app/shared';
import { moved, planPoints, planVisits } from '../../../../web/src/screens/patrol/plans/plan-points.js';

const point = (id: string, beat: string | null, visits: { 3: number; 2?: number }) => ({ id, beat, visits });
const points = [
  point('a', 'x', { 3: 2 }),
  point('b', 'y', { 3: 1, 2: 5 }),
  point('c', 'x', { 3: 4 }),
  point('d', null, { 3: 9 }),
];
const plan = (level: DutyLevelNumber) => ({ level, beats: ['x'], checkpoints: ['c', 'b', 'gone'] });

describe('a plan of visits', () => {
  it('has the places named in their order, then the rest of its beats, each once', () => {
    expect(planPoints(plan(3), points).map(({ id }) => id)).toEqual(['c', 'b', 'a']);
  });

  it('asks for the own count of a level, or that of daily duty under its terms', () => {
    expect(planVisits(plan(3), points)).toBe(4 + 1 + 2);
    expect(planVisits(plan(2), points)).toBe(8 + 5 + 4);
  });

  it('is put in another order by one place at a time', () => {
    expect(moved(['a', 'b', 'c'], 'b', -1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b', 'c'], 'b', 1)).toEqual(['a', 'c', 'b']);
    expect(moved(['a', 'b', 'c'], 'a', -1)).toEqual(['a', 'b', 'c']);
    expect(moved(['a', 'b', 'c'], 'none', 1)).toEqual(['a', 'b', 'c']);
  });
});
