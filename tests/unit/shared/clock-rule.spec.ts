import { describe, expect, it } from '@jest/globals';
import { type ClockRule, clockRuleFor, FIRST_CLOCK_RULES, FIRST_CLOCKS, SEVERITIES } from '@app/shared';

const rule = (value: number, more: Partial<ClockRule> = {}): ClockRule => ({
  level: null,
  category: null,
  severity: null,
  stage: 'accept',
  kind: 'emergency',
  value,
  ...more,
});
const FIRE = { level: 'town', category: 'fire', severity: 1 } as const;

describe('the rule that a stage goes by', () => {
  it.each(SEVERITIES)('is the first clock of severity %s in a city that has set nothing', (severity) => {
    for (const stage of ['accept', 'dispatch', 'arrive'] as const)
      expect(clockRuleFor(FIRST_CLOCK_RULES, stage, { ...FIRE, severity })).toMatchObject({
        kind: 'emergency',
        value: FIRST_CLOCKS[stage][severity],
      });
  });

  it('is the one that names the severity, then the category, then the level', () => {
    const rules = [
      rule(1),
      rule(2, { level: 'town' }),
      rule(3, { category: 'fire' }),
      rule(4, { severity: 1 }),
    ];
    expect(clockRuleFor(rules, 'accept', FIRE)?.value).toBe(4);
    expect(clockRuleFor(rules.slice(0, 3), 'accept', FIRE)?.value).toBe(3);
    expect(clockRuleFor(rules.slice(0, 2), 'accept', FIRE)?.value).toBe(2);
    expect(clockRuleFor(rules, 'accept', { level: 'city', category: 'other', severity: 4 })?.value).toBe(1);
  });

  it('is none where none fits, or where it says that no clock runs', () => {
    expect(clockRuleFor([rule(5, { level: 'city' })], 'accept', FIRE)).toBeUndefined();
    expect(clockRuleFor([rule(5), rule(0, { severity: 1 })], 'accept', FIRE)).toBeUndefined();
    expect(clockRuleFor([rule(5)], 'handle', FIRE)).toBeUndefined();
  });
});
