import { describe, expect, it } from '@jest/globals';
import { answerSos, callSos, endSos, sosCard } from '../../../../server/src/teams/sos.rules.js';

const TEAM = { id: 't', callSign: '甲', centre: 'c', seenBy: ['c', 'r', 't'] };
const PLACE = { lng: 98.2, lat: 39.7, observedAt: 900 };
const CALL = { id: 's', observedAt: 1_000, recordedAt: 1_100, place: PLACE };
const BY = { by: 'p', at: 5_000 };

const called = callSos(null, TEAM, CALL).next;
const valueOf = <T>(decision: { ok: boolean; value?: T }): T => {
  if (decision.value === undefined) throw new Error('a step that is taken wanted');
  return decision.value;
};

describe('a call for help', () => {
  it('is one however often the button is pressed, at the newest place that is known', () => {
    const newer = {
      ...CALL,
      id: 'other',
      observedAt: 2_000,
      place: { lng: 98.3, lat: 39.8, observedAt: 1_900 },
    };
    const { fact, next } = callSos(called, TEAM, newer);
    expect([fact, next.id, next.presses, next.observedAt, next.lng]).toEqual([
      'sos.pressed',
      's',
      2,
      1_000,
      98.3,
    ]);
    const older = callSos(next, TEAM, { ...CALL, place: { ...PLACE, observedAt: 100 } }).next;
    expect([older.presses, older.lng]).toEqual([3, 98.3]);
    expect(callSos(next, TEAM, { ...CALL, place: undefined }).next.lng).toBe(98.3);
  });

  it('is answered once, also when it was pressed meanwhile, and stays on the screens', () => {
    const pressed = callSos(called, TEAM, CALL).next;
    const { next } = valueOf(answerSos(pressed, BY));
    expect(sosCard(next)).toMatchObject({ state: 'answered', version: 3, presses: 2 });
    expect(answerSos(next, BY)).toMatchObject({ ok: false, code: 'sos.stale' });
    // A press after the answer takes nothing back.
    expect(callSos(next, TEAM, CALL).next.state).toBe('answered');
  });

  it('ends only by a person who has seen the last press, and then is in no picture', () => {
    expect(endSos(called, { ...BY, version: 2, outcome: 'helped' })).toMatchObject({ code: 'sos.stale' });
    const { next } = valueOf(endSos(called, { ...BY, version: 1, outcome: 'helped' }));
    expect(next).toMatchObject({ state: 'ended', endedAt: 5_000, endedBy: 'p', outcome: 'helped' });
    expect(sosCard(next)).toBeNull();
    expect(endSos(next, { ...BY, version: 2, outcome: 'helped' })).toMatchObject({ code: 'sos.ended' });
    expect(answerSos(next, BY)).toMatchObject({ code: 'sos.ended' });
  });

  it('has no place rather than a wrong one', () => {
    expect(sosCard(callSos(null, TEAM, { ...CALL, place: undefined }).next)?.place).toBeNull();
  });
});
