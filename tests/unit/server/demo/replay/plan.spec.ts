import { describe, expect, it } from '@jest/globals';
import { planOf } from '../../../../../server/src/demo/replay/plan.js';
import type { Recorded, RecordedStep } from '../../../../../server/src/demo/replay/recorded.js';

let line = 0;
const row = (call: string, step: RecordedStep, at: number, unit: string | null = null): Recorded => ({
  line: (line += 1),
  call,
  step,
  at,
  unit,
  mode: 'vehicle',
  report: null,
});
const stepsOf = (rows: Recorded[]) =>
  planOf({ rows }).tasks.map(({ call, step, unit, at }) => [call, step, unit, at]);

describe('plan of a replay', () => {
  it('ends a call after its last row, at its latest time, and marks that as derived', () => {
    const rows = [row('a', 'report', 1), row('a', 'dispatch', 3, 'E1'), row('a', 'clear', 9, 'E1')];
    const { tasks, leftOpen } = planOf({ rows });
    expect(tasks.map(({ step, at, derived }) => [step, at, derived])).toEqual([
      ['report', 1, false],
      ['dispatch', 3, false],
      ['clear', 9, false],
      ['complete', 9, true],
      ['close', 9, true],
    ]);
    expect(leftOpen).toEqual([]);
  });

  it('waits with the end for rows that come after the last unit was cleared', () => {
    const rows = [
      row('a', 'report', 1),
      row('a', 'dispatch', 2, '73'),
      row('a', 'clear', 5, '73'),
      row('a', 'transport', 7, '73'),
      row('a', 'deliver', 8, '73'),
    ];
    expect(stepsOf(rows).slice(-3)).toEqual([
      ['a', 'deliver', '73', 8],
      ['a', 'complete', null, 8],
      ['a', 'close', null, 8],
    ]);
    expect(planOf({ rows }).outOfOrder).toBe(1);
  });

  it('leaves a call open whose unit is never cleared, or that no unit came to', () => {
    const rows = [
      row('a', 'report', 1),
      row('b', 'report', 1),
      row('b', 'dispatch', 2, 'T8'),
      row('b', 'arrive', 3, 'T8'),
    ];
    expect(planOf({ rows }).leftOpen).toEqual(['a', 'b']);
    expect(stepsOf(rows)).toHaveLength(4);
  });

  it('adds no end where the recording tells it', () => {
    const rows = [
      row('a', 'report', 1),
      row('a', 'dispatch', 2, 'E1'),
      row('a', 'clear', 3, 'E1'),
      row('a', 'complete', 4),
    ];
    expect(stepsOf(rows).slice(-2)).toEqual([
      ['a', 'complete', null, 4],
      ['a', 'close', null, 4],
    ]);
  });

  it('keeps the order of the file and gives each request a name of its own', () => {
    const rows = [
      row('a', 'report', 1),
      row('b', 'report', 1),
      row('a', 'dispatch', 2, 'E1'),
      row('b', 'dispatch', 2, 'E1'),
      row('b', 'clear', 3, 'E1'),
      row('a', 'clear', 3, 'E1'),
    ];
    const { tasks } = planOf({ rows });
    expect(tasks.map(({ externalId }) => externalId)).toEqual([
      'a',
      'b',
      'a/E1/dispatch',
      'b/E1/dispatch',
      'b/E1/clear',
      'b/complete',
      'b/close',
      'a/E1/clear',
      'a/complete',
      'a/close',
    ]);
  });

  it('counts a unit once however often its times go backwards', () => {
    const rows = [row('a', 'deliver', 1, 'A1'), row('a', 'dispatch', 2, 'A1'), row('a', 'depart', 3, 'A1')];
    expect(planOf({ rows }).outOfOrder).toBe(1);
  });
});
