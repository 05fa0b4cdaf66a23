import { describe, expect, it } from '@jest/globals';
import { type DutyLevelCard, LEVEL_TERMS, toInstant } from '@app/shared';
import { levelAt, termsIn } from '../../../../server/src/patrols/duty-level.rules.js';

const HOUR = 3_600_000;
const DAY = Date.UTC(2026, 10, 24);
const LINE = ['county', 'city'];
const set = (level: 1 | 2, from: number, to: number, part: Partial<DutyLevelCard> = {}): DutyLevelCard => ({
  id: `l${level}`,
  centre: 'city',
  level,
  terms: LEVEL_TERMS[level],
  state: 'planned',
  version: 1,
  from: toInstant(DAY + from * HOUR),
  to: toInstant(DAY + to * HOUR),
  ...part,
});
const cuts = (levels: DutyLevelCard[]) =>
  termsIn(LINE, levels, { from: DAY, to: DAY + 24 * HOUR }).map(({ from, to, terms }) => [
    (from - DAY) / HOUR,
    (to - DAY) / HOUR,
    terms.teamsPct,
  ]);

describe('the terms of a time to come', () => {
  it('are those of daily duty where no level is set', () => {
    expect(cuts([])).toEqual([[0, 24, 100]]);
  });

  it('change where a level begins that is only planned, and where one ends that is active', () => {
    expect(cuts([set(2, -3, 6, { state: 'active' }), set(1, 18, 30)])).toEqual([
      [0, 6, 150],
      [6, 18, 100],
      [18, 24, 200],
    ]);
  });

  it('are those of the gravest level of a moment, and of none that is set elsewhere', () => {
    expect(cuts([set(2, 0, 24), set(1, 8, 9), set(1, 2, 3, { centre: 'other' })])).toEqual([
      [0, 8, 150],
      [8, 9, 200],
      [9, 24, 150],
    ]);
  });

  it('hold from their start on, and not at their end', () => {
    const levels = [set(1, 8, 9)];
    expect([7, 8, 9].map((hour) => levelAt(LINE, levels, DAY + hour * HOUR).level)).toEqual([3, 1, 3]);
  });
});
