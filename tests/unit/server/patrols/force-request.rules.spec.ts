import { describe, expect, it } from '@jest/globals';
import { FORCE_REQUEST_ACTIONS, FORCE_REQUEST_STATES, type ForceReleased } from '@app/shared';
import {
  askForce,
  requestActionsFor,
  type RequestSide,
  type RequestStepGiven,
  stepRequest,
} from '../../../../server/src/patrols/force-request.rules.js';

const NOW = Date.UTC(2026, 10, 25);
const HOUR = 3_600_000;
const at = (hours: number) => new Date(NOW + hours * HOUR).toISOString();
const by = { id: 'r', centre: 'home', account: 'a', name: 'demo-duty', now: NOW };
const draft = { force: 'armed-police', task: 'cordon', asked: 6, text: '封控', to: at(4) } as const;
const asked = askForce(draft, by);
if (!asked.ok) throw new Error(asked.code);
const row = asked.value.next;
const released: ForceReleased = { teams: [], headcount: 4, positions: 'coarse' };
const step = (part: Partial<RequestStepGiven>, state: (typeof FORCE_REQUEST_STATES)[number] = 'requested') =>
  stepRequest(
    { ...row, state },
    { action: 'answer', side: 'liaison', answer: null, released: null, text: null, now: NOW, ...part },
  );

describe('a force request', () => {
  it('lets these sides do these things', () => {
    const sides: RequestSide[] = ['asker', 'liaison', 'clock', null];
    const may = FORCE_REQUEST_STATES.map((state) => [
      state,
      ...sides.map((side) => requestActionsFor({ ...row, state }, side).join(' ')),
    ]);
    expect(may).toEqual([
      ['requested', 'withdraw', 'answer', '', ''],
      ['answered', 'end withdraw', 'start end', 'end', ''],
      ['active', 'end', 'end', 'end', ''],
      ['ended', '', '', '', ''],
      ['withdrawn', '', '', '', ''],
    ]);
  });

  it.each(FORCE_REQUEST_ACTIONS)('never lets whoever asks %s for the force', (action) => {
    for (const state of FORCE_REQUEST_STATES) {
      const decision = step({ action, side: 'asker', answer: 'released', released }, state);
      if (action === 'answer' || action === 'start') expect(decision.ok).toBe(false);
    }
  });

  it.each<[string, Partial<RequestStepGiven>, string | undefined]>([
    ['released, with what', { answer: 'released', released }, undefined],
    ['released, with nothing told', { answer: 'released' }, 'force-request.answer-wanted'],
    ['declined with a reason', { answer: 'declined', text: '另有任务' }, undefined],
    ['declined without one', { answer: 'declined' }, 'force-request.answer-wanted'],
    ['declined with people', { answer: 'declined', text: 'x', released }, 'force-request.answer-wanted'],
    ['not said how', { released }, 'force-request.answer-wanted'],
  ])('is answered: %s', (_, part, code) => {
    const decision = step(part);
    expect(decision.ok ? undefined : decision.code).toBe(code);
  });

  it('that was declined never becomes active', () => {
    const declined = { ...row, state: 'answered', answer: 'declined' } as const;
    expect(requestActionsFor(declined, 'liaison')).toEqual(['end']);
    const given = { side: 'liaison', answer: null, released: null, text: null, now: NOW } as const;
    expect(stepRequest(declined, { action: 'start', ...given })).toMatchObject({
      code: 'force-request.illegal-step',
    });
  });

  it.each([
    [at(0), 'time.past'],
    [at(24 * 40), 'time.future'],
  ])('ends in sight (%s)', (to, code) => {
    expect(askForce({ ...draft, to }, by)).toMatchObject({ code });
  });
});
