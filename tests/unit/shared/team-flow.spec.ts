import { describe, expect, it } from '@jest/globals';
import { leadOf, mayBecome, spokenCallSign, TEAM_STATUSES, teamSteps } from '@app/shared';

const BOUND = ['assigned', 'en-route', 'on-scene', 'working', 'backup', 'clearing'];

describe('the table of a team’s statuses', () => {
  it('draws these buttons and no others', () => {
    const drawn = TEAM_STATUSES.map((from) => [from, Object.values(teamSteps(from)).join(' ')]);
    expect(drawn).toEqual([
      ['available', 'patrolling posted rest out-of-service'],
      ['patrolling', 'available posted rest out-of-service'],
      ['posted', 'available patrolling rest out-of-service'],
      ['assigned', ''],
      ['en-route', ''],
      ['on-scene', 'working backup clearing'],
      ['working', 'backup clearing'],
      ['backup', 'working clearing'],
      ['clearing', ''],
      ['rest', 'available patrolling posted out-of-service'],
      ['out-of-service', 'available'],
    ]);
  });

  it.each(TEAM_STATUSES)('never leads from %s across the line that assignments draw', (from) => {
    for (const to of Object.values(teamSteps(from))) expect(BOUND.includes(to)).toBe(BOUND.includes(from));
  });

  it('lets every status be said again', () => {
    expect(TEAM_STATUSES.every((status) => mayBecome(status, status))).toBe(true);
    expect(mayBecome('out-of-service', 'patrolling')).toBe(false);
  });
});

describe('a call sign on air', () => {
  it.each([
    ['雄关217', 'zh-Hans', '雄关两幺拐'],
    ['雄關305', 'zh-Hant', '雄關三洞五'],
    ['嘉峪关120', 'zh-Hant', '嘉峪关幺兩洞'],
    ['East 19', 'en', 'East one niner'],
    ['指挥中心', 'zh-Hans', '指挥中心'],
  ] as const)('%s in %s is %s', (callSign, language, said) => {
    expect(spokenCallSign(callSign, language)).toBe(said);
  });
});

describe('who leads a team', () => {
  it.each([
    [{ forces: { police: 2, militia: 4 } }, 'police'],
    [{ forces: { police: 2, 'armed-police': 4 }, lead: 'armed-police' }, 'armed-police'],
    [{ forces: { police: 0, militia: 4 } }, 'militia'],
    [{ forces: {} }, 'police'],
  ] as const)('%j: %s', (team, lead) => {
    expect(leadOf(team)).toBe(lead);
  });
});
