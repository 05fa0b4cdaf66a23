import type { CentreId, FlowRow, FlowRules } from '@app/shared';
import type { IncidentRow } from './incident.table.js';
import type { Standing } from './party.rules.js';

type Held = Pick<IncidentRow, 'centre' | 'former' | 'course'>;

/** Whether the flow has the step for somebody at such a level, and with a holder at such a place in the tree. */
export const holdsLevel = (
  row: Pick<FlowRow, 'action' | 'level'>,
  incident: Held,
  standing: Standing,
  rules: Pick<FlowRules, 'levels'>,
): boolean => hasWay(row.level, incident, standing) && isHighEnough(row, incident, standing, rules);

/** Whether there is a centre above or below the holder, where the step leads there. */
export function hasWay(level: FlowRow['level'], { centre }: Held, standing: Standing): boolean {
  if (level === 'below-top') return standing.hasAbove(centre);
  return level === 'above-lowest' ? standing.hasBelow(centre) : true;
}

/** Whether somebody stands at a level that the flow and the city leave the step to. */
export function isHighEnough(
  { action, level }: Pick<FlowRow, 'action' | 'level'>,
  incident: Held,
  standing: Standing,
  { levels }: Pick<FlowRules, 'levels'>,
): boolean {
  const rule = levels.find((one) => one.action === action);
  const isLeft = !rule || standing.isTop || rule.levels.includes(standing.level);
  return isLeft && standsOver(level, incident, standing);
}

function standsOver(level: FlowRow['level'], { centre, former, course }: Held, standing: Standing): boolean {
  switch (level) {
    case 'any':
    case 'below-top':
    case 'above-lowest':
      return true;
    case 'upper':
      return standing.isAbove(centre);
    case 'giver':
      return givers(centre, former, standing).every((giver) => standing.mayAct(giver));
    case 'supervisor': {
      const from = course.supervision?.from ?? null;
      return from === null || standing.mayAct(from);
    }
  }
}

/** Former holders above the one that has the duty now: from them it came down. */
const givers = (centre: CentreId, former: readonly CentreId[], { isWithin }: Standing): CentreId[] =>
  former.filter((one) => isWithin(centre, one));
