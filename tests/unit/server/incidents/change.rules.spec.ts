import { describe, expect, it } from '@jest/globals';
import { SEVERITIES } from '@app/shared';
import { advance } from '../../../../server/src/incidents/incident.rules.js';
import { after, CHIEF, MINUTE, needs, reported, standingIn, step, type Told } from './story.js';

const PROPOSED = (severity: 1 | 2 | 3 | 4): Told => ({
  ...needs('propose-change'),
  severity,
  category: 'fire',
});
const code = (state: Parameters<typeof advance>[0], told: Told, minute = 9) => {
  const decision = advance(state, step(told, minute));
  return decision.ok ? 'taken' : decision.code;
};

describe('a change of what an incident is', () => {
  it.each(SEVERITIES.flatMap((from) => SEVERITIES.map((to) => [from, to] as const)))(
    'from severity %i to %i never sets a running clock later',
    (from, to) => {
      for (const way of [[], [{ action: 'accept' }]] as const) {
        const before = after(reported(undefined, { severity: from }), ...way, PROPOSED(to));
        const { incident } = after(before, { action: 'approve-change', by: CHIEF });
        expect(incident).toMatchObject({
          severity: to,
          category: 'fire',
          dueStage: before.incident.dueStage,
        });
        expect(incident.dueAt).toBeLessThanOrEqual(before.incident.dueAt ?? 0);
        expect(incident.soonAt).toBeLessThanOrEqual(incident.dueAt ?? 0);
      }
    },
  );

  it('to a graver one runs by the new limit from then on, and figures count by it', () => {
    const before = after(reported(undefined, { severity: 4 }), PROPOSED(1));
    const decision = advance(before, step({ action: 'approve-change', by: CHIEF }, 3));
    const incident = decision.ok ? decision.value.next.incident : undefined;
    expect(incident?.dueAt).toBe(before.incident.occurredAt + (3 + 5) * MINUTE);
    expect(incident?.acceptDueAt).toBe(incident?.dueAt);
  });

  it('to a graver one gives whoever was asked less time too, and to a milder one no more', () => {
    const offered = after(standingIn('accepted'), needs('hand-up'));
    const dueOf = (state: typeof offered) => state.incident.course.offers[0]?.dueAt ?? 0;
    const approve: Told = { action: 'approve-change', by: CHIEF };
    expect(dueOf(after(offered, PROPOSED(1), approve))).toBeLessThan(dueOf(offered));
    expect(dueOf(after(offered, PROPOSED(4), approve))).toBe(dueOf(offered));
  });

  it('leaves a suspended incident alone, and says what it was and became', () => {
    expect(code(standingIn('suspended'), PROPOSED(1))).toBe('incident.illegal-step');
    const decision = advance(after(reported(), PROPOSED(1)), step({ action: 'approve-change', by: CHIEF }));
    expect(decision.ok && decision.value.lines[0]?.about).toEqual({
      category: 'fire',
      severity: 1,
      was: { category: 'traffic', severity: 3 },
    });
  });

  it('must change something, one wish at a time, and may be confirmed by whoever had it only where it is graver', () => {
    const { category, severity } = reported().incident;
    expect(code(reported(), { action: 'propose-change', reason: 'so', category, severity })).toBe(
      'incident.change-wanted',
    );
    expect(code(reported(), { action: 'propose-change', severity: 1 })).toBe('incident.reason-wanted');
    const graver = after(reported(), PROPOSED(1));
    expect(code(graver, PROPOSED(2))).toBe('incident.illegal-step');
    expect(code(graver, { action: 'approve-change' })).toBe('taken');
    expect(code(after(reported(), PROPOSED(4)), { action: 'approve-change' })).toBe('incident.own-wish');
    expect(code(after(reported(), PROPOSED(3)), { action: 'approve-change' })).toBe('incident.own-wish');
    const refused = after(graver, { action: 'refuse-change', reason: 'it is not' });
    expect(refused.incident).toMatchObject({ severity: 3, course: { change: null } });
  });
});
