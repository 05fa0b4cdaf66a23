import { DeviationRule, isBounded } from '@app/shared';

/** What is wrong with a rule that is being written; `twice`: an earlier one is for the same. */
const RULE_FAULTS = ['after', 'clear', 'bound', 'no-bound', 'twice'] as const;
export type RuleFault = (typeof RULE_FAULTS)[number];

const { afterS, clearS, bound } = DeviationRule.shape;

/** What each rule would be refused for, by its place in the list; rules without a fault have no entry. */
export function ruleFaults(rules: readonly DeviationRule[]): ReadonlyMap<number, RuleFault> {
  const faults = new Map<number, RuleFault>();
  const seen = new Set<string>();
  rules.forEach((rule, index) => {
    const key = JSON.stringify([rule.kind, rule.level, rule.force, rule.mode]);
    const fault = seen.has(key) ? 'twice' : faultOf(rule);
    if (fault) faults.set(index, fault);
    seen.add(key);
  });
  return faults;
}

function faultOf(rule: DeviationRule): RuleFault | undefined {
  if (!afterS.safeParse(rule.afterS).success) return 'after';
  if (!clearS.safeParse(rule.clearS).success) return 'clear';
  if (!bound.safeParse(rule.bound).success) return 'bound';
  return isBounded(rule) ? undefined : 'no-bound';
}
