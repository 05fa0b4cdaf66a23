import { describe, expect, it } from '@jest/globals';
import { PATROL_SHIFT_ACTIONS, PATROL_SHIFT_STATES, patrolShiftSteps } from '@app/shared';
import {
  planShift,
  spanOf,
  stepShift,
  tradeCrews,
} from '../../../../server/src/patrols/patrol-shift.rules.js';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 10, 25);
const planned = { team: 't1', slot: 'early', crew: 'A', startsAt: START, endsAt: START + 8 * HOUR } as const;
const shift = planShift(planned, 's1', 'home').next;
const given = { note: null, byClock: false, now: START } as const;
const step = (state: (typeof PATROL_SHIFT_STATES)[number], part: object) =>
  stepShift({ ...shift, state }, { action: 'start', ...given, ...part });

describe('a patrol shift', () => {
  it.each(
    PATROL_SHIFT_STATES.flatMap((state) => PATROL_SHIFT_ACTIONS.map((action) => [state, action] as const)),
  )('%s: %s only as the table says', (state, action) => {
    const to = patrolShiftSteps(state)[action];
    const decision = step(state, { action });
    expect(decision).toMatchObject(
      to === undefined
        ? { code: 'patrol-shift.illegal-step' }
        : { value: { next: { state: to, version: 2 } } },
    );
  });

  it.each([
    [START - HOUR - 1, 'time.future'],
    [START - HOUR, undefined],
    [START + 8 * HOUR, 'time.past'],
  ])('begins within its hour before and its end (%d)', (now, code) => {
    const decision = step('planned', { now });
    expect(decision.ok ? undefined : decision.code).toBe(code);
  });

  it('remembers that nobody but the clock began it, and keeps its note to the end', () => {
    const begun = step('planned', { byClock: true });
    if (!begun.ok) throw new Error(begun.code);
    expect(begun.value.next).toMatchObject({ byClock: true, startedAt: START });
    const handing = stepShift(begun.value.next, { ...given, action: 'hand', note: '东门灯坏' });
    if (!handing.ok) throw new Error(handing.code);
    const ended = stepShift(handing.value.next, { ...given, action: 'end', now: START + HOUR });
    expect(ended).toMatchObject({
      value: { next: { note: '东门灯坏', byClock: true, endedAt: START + HOUR }, fact: 'patrol-shift.ended' },
    });
  });

  it('changes nothing but the crew in a trade', () => {
    const take = { ...shift, id: 's2', team: 't2', crewOf: 't2', crew: 'B' as const, version: 3 };
    const [a, b] = tradeCrews(shift, take);
    expect(a?.next).toEqual({ ...shift, crew: 'B', crewOf: 't2', version: 2 });
    expect(b?.next).toEqual({ ...take, crew: 'A', crewOf: 't1', version: 4 });
  });
});

describe('a shift was on', () => {
  const MINUTE = 60_000;
  it.each([
    ['by its hours, where nobody began it', { state: 'planned' }, [0, 8 * HOUR]],
    ['from its beginning before them on', { state: 'on', startedAt: START - MINUTE }, [-MINUTE, Infinity]],
    ['from its hour on, where the clock began it late', { state: 'on', startedAt: START + 1 }, [0, Infinity]],
    ['until it ended', { state: 'ended', startedAt: START, endedAt: START + HOUR }, [0, HOUR]],
  ] as const)('%s', (_, part, [from, to]) => {
    expect(spanOf({ ...shift, ...part })).toEqual({ from: START + from, to: START + to });
  });
});
