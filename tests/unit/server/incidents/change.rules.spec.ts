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

  it.each(SEVERITIES.flatMap((from) => SEVERITIES.map((to) => [from, to] as const)))(
    'of a suspended one from severity %i to %i starts no clock, and leaves no more of it than there was',
    (from, to) => {
      const stood = after(reported(undefined, { severity: from }), { action: 'accept' }, needs('suspend'));
      const before = after(stood, PROPOSED(to));
      const changed = after(before, { action: 'approve-change', by: CHIEF });
      expect(changed.incident).toMatchObject({ status: 'suspended', severity: to, dueAt: null });
      expect(changed.incident.course).toMatchObject({ change: null, pause: { stage: 'dispatch' } });
      const resumed = (state: typeof before) => {
        const decision = advance(state, step({ action: 'resume' }, 60));
        return decision.ok ? (decision.value.next.incident.dueAt ?? 0) : 0;
      };
      expect(resumed(changed)).toBeGreaterThan(0);
      expect(resumed(changed)).toBeLessThanOrEqual(resumed(before));
      if (to === 1 && from === 4) expect(resumed(changed)).toBeLessThan(resumed(before));
    },
  );

  it('that was proposed may still be decided on after the incident is suspended, and after it goes on', () => {
    const asked = after(standingIn('accepted'), PROPOSED(1), needs('suspend'));
    expect(asked.incident.course.change).toMatchObject({ severity: 1 });
    const changed = after(asked, { action: 'resume' }, { action: 'approve-change', by: CHIEF });
    expect(changed.incident).toMatchObject({ status: 'accepted', severity: 1, category: 'fire' });
  });

  it('says what it was and became', () => {
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
