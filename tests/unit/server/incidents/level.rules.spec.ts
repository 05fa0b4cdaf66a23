import { describe, expect, it } from '@jest/globals';
import { FIRST_FLOW_RULES, FLOW, type FlowLevel, type FlowRules } from '@app/shared';
import { holdsLevel } from '../../../../server/src/incidents/level.rules.js';
import type { Standing } from '../../../../server/src/incidents/party.rules.js';
import { reported } from './story.js';
import { idOf, treeOf } from './tree.js';

const TREE = treeOf();
const CENTRES = ['city', 'east', 'e1'] as const;

/** Somebody at a centre of the tree of the tests, as the access of the house would have it. */
const at = (name: string): Standing => {
  const own = idOf(name);
  const parentOf = (id: string) => TREE.get(id)?.parent ?? null;
  return {
    level: TREE.get(own)?.level ?? '',
    isTop: parentOf(own) === null,
    mayAct: (centre) => TREE.isWithin(centre, own),
    isAt: (centre) => centre === own,
    isAbove: (centre) => (centre !== own || parentOf(own) === null) && TREE.isWithin(centre, own),
    hasAbove: (centre) => parentOf(centre) !== null,
    hasBelow: (centre) => CENTRES.some((one) => parentOf(idOf(one)) === centre),
    isWithin: (centre, ancestor) => TREE.isWithin(centre, ancestor),
  };
};

/** Held by `e1`, to which `east` handed it down, and supervised by `city`. */
function held() {
  const { incident } = reported();
  const supervision = {
    id: idOf('s'),
    state: 'open',
    trigger: 'by-hand',
    from: idOf('city'),
    at: 0,
    dueAt: null,
    soonAt: null,
  } as const;
  return { ...incident, former: [idOf('east')], course: { ...incident.course, supervision } };
}

/** Who stands high enough for such an incident. */
const HIGH_ENOUGH: Readonly<Record<FlowLevel, readonly string[]>> = {
  any: ['city', 'east', 'e1'],
  'below-top': ['city', 'east', 'e1'],
  'above-lowest': [],
  upper: ['city', 'east'],
  giver: ['city', 'east'],
  supervisor: ['city'],
};
const ROWS = [...new Map(FLOW.map((row) => [row.action, row])).values()];
const who = (row: (typeof ROWS)[number], incident = held(), rules: FlowRules = FIRST_FLOW_RULES) =>
  CENTRES.filter((name) => holdsLevel(row, incident, at(name), rules));

describe('the level of a step', () => {
  it.each(ROWS)('$action is for $level', (row) => {
    expect(who(row)).toEqual(HIGH_ENOUGH[row.level]);
  });

  it.each(ROWS)('$action is narrowed by a city, never widened, and never taken from the top', (row) => {
    const levels = [{ action: row.action, levels: ['town'] }];
    const narrowed = who(row, held(), { ...FIRST_FLOW_RULES, levels });
    expect(narrowed).toEqual(HIGH_ENOUGH[row.level].filter((name) => name !== 'east'));
  });

  it('leaves to the lowest what it got from nobody above', () => {
    const close = ROWS.filter(({ action }) => action === 'close');
    const own = { ...held(), former: [idOf('w1')] };
    expect(close.map((row) => who(row, own))).toEqual([['city', 'east', 'e1']]);
  });

  it('has no level above the top to hand up to', () => {
    const up = ROWS.filter(({ level }) => level === 'below-top');
    const top = { ...held(), centre: idOf('city'), former: [] };
    expect(up.map((row) => who(row, top))).toEqual([[], []]);
  });
});
