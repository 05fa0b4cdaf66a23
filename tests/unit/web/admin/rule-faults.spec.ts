import { describe, expect, it } from '@jest/globals';
import { type DeviationRule, FIRST_DEVIATION_RULES } from '../../../../shared/src/index.js';
import { ruleFaults } from '../../../../web/src/screens/admin/rule-faults.js';

const rule = (more: Partial<DeviationRule>): DeviationRule => ({
  kind: 'off-beat',
  level: null,
  force: null,
  mode: null,
  afterS: 600,
  clearS: 60,
  bound: 200,
  ...more,
});

describe('what is wrong with a rule of deviations', () => {
  it('is nothing for those that hold until a city says otherwise', () => {
    expect([...ruleFaults(FIRST_DEVIATION_RULES)]).toEqual([]);
  });

  it.each<[Partial<DeviationRule>, string | undefined]>([
    [{ afterS: 10 }, undefined],
    [{ afterS: 9 }, 'after'],
    [{ afterS: 86_401 }, 'after'],
    [{ afterS: 12.5 }, 'after'],
    [{ clearS: -1 }, 'clear'],
    [{ clearS: 3_601 }, 'clear'],
    [{ bound: 0.5 }, 'bound'],
    [{ bound: null }, 'no-bound'],
    [{ kind: 'overspeed', bound: null }, 'no-bound'],
    [{ afterS: null, bound: null }, undefined],
    [{ kind: 'lost-contact', bound: null }, undefined],
  ])('%j: %s', (more, fault) => {
    expect(ruleFaults([rule(more)]).get(0)).toBe(fault);
  });

  it('names the second of two that are for the same, not one for another force', () => {
    const rules = [rule({}), rule({ force: 'militia' }), rule({ afterS: 900 })];
    expect([...ruleFaults(rules)]).toEqual([[2, 'twice']]);
  });
});
