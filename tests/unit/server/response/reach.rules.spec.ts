import { describe, expect, it } from '@jest/globals';
import {
  CATEGORIES,
  type Category,
  MODES,
  REACH,
  reachMinutes,
  type Team,
  TEAM_STATUSES,
  type TeamStatus,
  toInstant,
  type UnfreeReason,
} from '@app/shared';
import { candidatesFor, reasonOf } from '../../../../server/src/response/reach.rules.js';

const NOW = Date.UTC(2026, 10, 24, 4);
const GOAL = { id: 'goal', lng: 98.2888, lat: 39.7721, category: 'traffic' as Category };
const CITY = 'city';
const EAST = 'east';

let made = 0;
function team(fields: Partial<Team> = {}): Team {
  made += 1;
  return {
    id: `team-${made}`,
    callSign: `T${made}`,
    mode: 'vehicle',
    tier: 3,
    status: 'patrolling',
    version: 1,
    statusAt: toInstant(NOW),
    centre: EAST,
    forces: { police: 2 },
    incidents: [],
    sharedWith: [],
    capabilities: [],
    equipment: [],
    post: null,
    position: at(1000),
    ...fields,
  };
}

/** A position so many metres north of the goal. */
const at = (metres: number, ageMs = 1000): Team['position'] => ({
  lng: GOAL.lng,
  lat: GOAL.lat + metres / 111_195,
  headingDeg: null,
  speedKmh: null,
  observedAt: toInstant(NOW - ageMs),
});

const GROUND = {
  now: NOW,
  lineageOf: (centre: string) => (centre === CITY ? [CITY] : [centre, CITY]),
  numberOf: (id: string) => (id === 'seen' ? '嘉综20260001' : undefined),
};
const candidates = (teams: Team[], category: Category = 'traffic') =>
  candidatesFor({ ...GOAL, category }, teams, GROUND);

describe('reachMinutes', () => {
  it.each(MODES.map((mode) => [mode] as const))('%s goes its road metres at its own speed', (mode) => {
    const speed = REACH.speedKmh[mode];
    const wanted = speed === null ? null : Math.ceil((3000 * 1.4) / ((speed * 1000) / 60));
    expect(reachMinutes(mode, 3000)).toBe(wanted);
  });

  it('never says that somebody is there in no time', () => {
    expect(reachMinutes('vehicle', 0)).toBe(1);
  });
});

describe('reasonOf', () => {
  const FREE: readonly TeamStatus[] = ['available', 'patrolling', 'posted'];
  it.each(TEAM_STATUSES.map((status) => [status] as const))('a team that is %s', (status) => {
    const away = status === 'rest' || status === 'out-of-service';
    expect(reasonOf(team({ status }), 'traffic')).toBe(FREE.includes(status) ? null : away ? status : 'busy');
  });

  it.each(CATEGORIES.map((category) => [category] as const))(
    'armed police are only requested: %s',
    (category) => {
      expect(reasonOf(team({ forces: { 'armed-police': 6 } }), category)).toBe('armed-police-only');
      expect(reasonOf(team({ forces: { 'armed-police': 6, militia: 2 } }), category)).toBe(
        'armed-police-only',
      );
      expect(reasonOf(team({ forces: { 'armed-police': 6, police: 1 } }), category)).toBeNull();
    },
  );

  it.each(CATEGORIES.map((category) => [category] as const))('militia alone: %s', (category) => {
    const wanted = category === 'disorder' || category === 'suspicious-object' ? 'militia-alone' : null;
    expect(reasonOf(team({ forces: { militia: 4, police: 0 } }), category)).toBe(wanted);
  });

  it.each<[string, Partial<Team>, UnfreeReason]>([
    ['bound although its status says free', { incidents: ['seen'] }, 'busy'],
    ['without a position', { position: null }, 'no-position'],
    ['a video post', { mode: 'video' }, 'cannot-go'],
  ])('%s', (_, fields, wanted) => {
    expect(reasonOf(team(fields), 'traffic')).toBe(wanted);
  });
});

describe('candidatesFor', () => {
  it('puts those that can be sent first, by minutes and not by metres', () => {
    const onFoot = team({ mode: 'foot', position: at(500) });
    const byCar = team({ position: at(1500) });
    const busy = team({ status: 'on-scene', incidents: ['seen'], position: at(10) });
    const lost = team({ position: null });
    expect(candidates([lost, busy, onFoot, byCar]).map(({ team }) => team)).toEqual([
      byCar.id,
      onFoot.id,
      busy.id,
      lost.id,
    ]);
  });

  it('names the incident of a busy team, but none that the caller does not see', () => {
    const [both] = candidates([team({ status: 'working', incidents: ['seen', 'hidden'] })]);
    expect(both?.busyWith).toEqual([{ id: 'seen', number: '嘉综20260001' }]);
  });

  it('tells what an override of a busy team must name, where one may be sent so at all', () => {
    const busy = { status: 'on-scene', incidents: ['seen', 'hidden'] } as const;
    const [ours] = candidates([team({ ...busy, incidents: [...busy.incidents] })]);
    expect(ours?.override).toEqual({ incidents: busy.incidents });
    for (const fields of [
      { forces: { 'armed-police': 6 } },
      { mode: 'video' },
      { incidents: ['goal'] },
      { status: 'rest' },
    ] satisfies Partial<Team>[])
      expect(candidates([team({ ...busy, incidents: ['seen'], ...fields })])[0]?.override).toBeUndefined();
  });

  it('says how many free teams the home keeps without each', () => {
    const [a, b] = [team(), team()];
    const found = candidates([
      a,
      b,
      team({ status: 'rest' }),
      team({ centre: CITY }),
      team({ centre: 'west' }),
    ]);
    const leaves = new Map(found.map(({ team, leavesFree }) => [team, leavesFree]));
    expect(leaves.get(a.id)).toBe(1);
    expect(leaves.get(b.id)).toBe(1);
    expect(found.find(({ reason }) => reason === 'rest')?.leavesFree).toBe(2);
    expect(found.find(({ centre }) => centre === CITY)?.leavesFree).toBe(3);
    expect(found.find(({ centre }) => centre === 'west')?.leavesFree).toBe(0);
  });

  it('warns of a position older than five minutes without leaving the team out', () => {
    const [fresh, old] = [team({ position: at(100, 299_000) }), team({ position: at(200, 301_000) })];
    const found = candidates([fresh, old]);
    expect(found.map(({ warnings, reason }) => [warnings, reason])).toEqual([
      [[], null],
      [['position-old'], null],
    ]);
  });
});
