import { describe, expect, it } from '@jest/globals';
import type { Replay, ReplayTrack } from '@app/shared';
import { incidentsAt, lastBefore, linesOf, teamsAt } from '../../../../web/src/store/replay-at.js';

const MINUTE = 60_000;
const track = (at: number[]): ReplayTrack => ({
  id: 'a',
  callSign: '甲',
  lead: 'police',
  mode: 'vehicle',
  at,
  lng: at.map((ms) => 98_000_000 + ms / 10),
  lat: at.map(() => 39_000_000),
});
const replayOf = (part: Partial<Replay>): Replay => ({
  from: '2026-11-25T00:00:00.000Z',
  to: '2026-11-25T01:00:00.000Z',
  stepMs: 1000,
  teams: [],
  incidents: [],
  isShort: false,
  ...part,
});

describe('lastBefore', () => {
  it.each([
    [[], 5, -1],
    [[10], 9, -1],
    [[10], 10, 0],
    [[10, 20, 30], 25, 1],
    [[10, 20, 30], 99, 2],
  ])('%p at %d', (times, at, index) => expect(lastBefore(times, at)).toBe(index));
});

describe('a team at a moment', () => {
  const replay = replayOf({ teams: [track([0, MINUTE, 10 * MINUTE])] });

  it('is between two fixes where it would have been', () => {
    const [team] = teamsAt(replay, MINUTE / 2);
    expect(team).toMatchObject({ ageMs: MINUTE / 2, isOld: false });
    expect(team?.place[0]).toBeCloseTo(98.003, 6);
  });

  it('does not walk through a silence, and grows old in it', () => {
    expect(teamsAt(replay, 2 * MINUTE)[0]).toMatchObject({ place: [98.006, 39], isOld: false });
    expect(teamsAt(replay, 9 * MINUTE)[0]).toMatchObject({ place: [98.006, 39], isOld: true });
  });

  it('is nowhere before its first fix', () => {
    expect(teamsAt(replayOf({ teams: [track([MINUTE])] }), 0)).toEqual([]);
  });
});

describe('the lines of a track', () => {
  const lines = (window: { from: number; to: number }) =>
    linesOf(track([0, MINUTE, 10 * MINUTE, 11 * MINUTE, 12 * MINUTE]), { ...window, gap: 2 * MINUTE });

  it('end where nobody knows where it was', () => {
    expect(lines({ from: 0, to: 60 * MINUTE }).map(({ length }) => length)).toEqual([2, 3]);
  });

  it('are those of the time asked for', () => {
    expect(lines({ from: 10.5 * MINUTE, to: 11.5 * MINUTE }).map(({ length }) => length)).toEqual([2]);
    expect(lines({ from: 0, to: 10 })).toEqual([]);
  });
});

describe('incidents at a moment', () => {
  const replay = replayOf({
    incidents: [
      {
        id: 'i',
        number: '1',
        category: 'fire',
        lng: 98,
        lat: 39,
        steps: [
          { at: -MINUTE, status: 'reported', severity: 3 },
          { at: MINUTE, status: 'accepted', severity: 2 },
          { at: 5 * MINUTE, status: 'closed', severity: 2 },
        ],
      },
    ],
  });

  it.each([
    [-2 * MINUTE, []],
    [0, ['reported']],
    [2 * MINUTE, ['accepted']],
    [6 * MINUTE, []],
  ])('at %d ms', (at, statuses) => {
    expect(incidentsAt(replay, at).map(({ status }) => status)).toEqual(statuses);
  });
});
