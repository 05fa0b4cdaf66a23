import { describe, expect, it } from '@jest/globals';
import {
  type AssignmentStep,
  FIRST_CLOCKS,
  type IncidentCard,
  type IncidentStatus,
  SEVERITIES,
  toInstant,
  uuidv7,
} from '@app/shared';
import {
  acceptSeconds,
  dispatchSeconds,
  sceneSeconds,
} from '../../../../../server/src/demo/simulator/staff-pace.js';
import { nextMove } from '../../../../../server/src/demo/simulator/staff-plan.js';

const idOf = (n: number) =>
  uuidv7(
    n,
    Uint8Array.from({ length: 10 }, (_, i) => (n * 31 + i) & 0xff),
  );
const [teamA, teamB] = [idOf(900), idOf(901)];
const NOW = Date.parse('2026-11-24T08:00:00Z');

function card(status: IncidentStatus, teams: [string, AssignmentStep, number][] = [], n = 1): IncidentCard {
  return {
    id: idOf(n),
    number: 'X',
    category: 'traffic',
    severity: 4,
    status,
    version: 1,
    centre: idOf(2),
    lng: 98.29,
    lat: 39.77,
    grid: null,
    place: null,
    source: 'phone',
    since: toInstant(NOW),
    statusAt: toInstant(NOW),
    due: null,
    teams: teams.map(([id, step, at]) => ({ id, step, at: toInstant(at) })),
    simulated: true,
  };
}
const nowhere = () => undefined;

describe('what the simulated staff do next', () => {
  it('accept and dispatch some time after the card came to that status', () => {
    expect(nextMove(card('reported'), nowhere)).toMatchObject({ action: 'accept' });
    expect(nextMove(card('accepted'), nowhere)).toMatchObject({ action: 'dispatch' });
    expect(nextMove(card('handled'), nowhere)).toMatchObject({ action: 'close' });
    for (const status of ['closed', 'rejected', 'merged', 'suspended'] as const)
      expect(nextMove(card(status), nowhere)).toBeUndefined();
  });

  it('move each team through its steps, the earliest first', () => {
    const move = nextMove(
      card('dispatched', [
        [teamA, 'dispatched', NOW + 60_000],
        [teamB, 'acknowledged', NOW],
      ]),
      nowhere,
    );
    expect(move).toMatchObject({ action: 'depart', team: teamB });
    expect(nextMove(card('handling', [[teamA, 'arrived', NOW]]), nowhere)).toMatchObject({ action: 'clear' });
  });

  it('let a team arrive when it is there and not before', () => {
    const departed = card('handling', [[teamA, 'departed', NOW]]);
    expect(nextMove(departed, () => false)).toBeUndefined();
    expect(nextMove(departed, () => true)).toEqual({ action: 'arrive', team: teamA, at: NOW });
    expect(nextMove(departed, nowhere)?.at).toBeGreaterThan(NOW + 200_000);
  });

  it('complete when all teams are cleared, and do not send others', () => {
    expect(nextMove(card('handling'), nowhere)).toMatchObject({ action: 'complete' });
  });

  it('plan the same for the same card, so that a restart changes nothing', () => {
    expect(nextMove(card('reported'), nowhere)).toEqual(nextMove(card('reported'), nowhere));
  });
});

describe('how long the staff take', () => {
  const cards = Array.from({ length: 2_000 }, (_, n) => card('reported', [], n));

  it('is 20 to 180 s, but for the few that nearly or really run their clock down', () => {
    for (const severity of SEVERITIES) {
      const seconds = cards.map((one) => acceptSeconds({ ...one, severity }, 'usual'));
      const limit = FIRST_CLOCKS.accept[severity] * 60;
      const slow = seconds.filter((value) => value > 180).length / seconds.length;
      expect(Math.min(...seconds)).toBeGreaterThanOrEqual(20);
      expect(Math.max(...seconds)).toBeLessThan(limit * 1.2);
      expect(slow).toBeGreaterThan(0.02);
      expect(slow).toBeLessThan(0.09);
    }
  });

  it('leaves a Ⅱ without a team until its clock is overdue by minutes, when the opening wants it', () => {
    for (const one of cards.slice(0, 200)) {
      const seconds = dispatchSeconds({ ...one, severity: 2 }, 'late-dispatch');
      expect(seconds).toBeGreaterThan(1.5 * 180);
      expect(seconds).toBeLessThan(2.5 * 180);
    }
    expect(dispatchSeconds(card('accepted'), 'prompt')).toBeLessThan(30);
  });

  it('is about the median of the category on the scene', () => {
    const minutes = cards.map((one) => sceneSeconds(one, teamA) / 60).sort((a, b) => a - b);
    expect(minutes[1_000]).toBeGreaterThan(46);
    expect(minutes[1_000]).toBeLessThan(54);
  });
});
