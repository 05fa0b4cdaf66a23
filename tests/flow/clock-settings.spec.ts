import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type ClockRule,
  type ClockSettings,
  FIRST_CLOCK_RULES,
  FIRST_FLOW_RULES,
  FIRST_HOURS,
  FIRST_LIMITS,
  type FlowRules,
} from '@app/shared';
import type { Person } from '../support/app.js';
import { act, FourLevels, refused, type Refused } from '../support/four-levels.js';

const RULE = { action: 'complete', category: null, what: 'photo', least: 1 };
const LIMIT = { action: 'suspend', levels: ['city'] };

let house: FourLevels;
let admin: Person;
let town: Person;

beforeAll(async () => {
  house = await FourLevels.open();
  ({ admin } = house);
  town = await house.person('town');
}, 120_000);
afterAll(() => house?.close());

const settings = async () => (await admin.get<ClockSettings>('/api/clocks')).body;
const change = async (more: object) =>
  admin.post<ClockSettings & Refused>('/api/clocks', { version: (await settings()).version, ...more });
const key = ({ stage, level, category, severity }: ClockRule) =>
  JSON.stringify([stage, level, category, severity]);
const sorted = (rules: readonly ClockRule[]) => [...rules].sort((a, b) => (key(a) < key(b) ? -1 : 1));

describe('the limits of a city', () => {
  it('are the first clocks before it has set any', async () => {
    const { rules, ...rest } = await settings();
    expect(sorted(rules)).toEqual(sorted(FIRST_CLOCK_RULES));
    expect(rest).toEqual({ version: 0, hours: FIRST_HOURS, limits: FIRST_LIMITS, years: [] });
  });

  it('hold for what enters a stage from now on, and clocks that run keep theirs', async () => {
    const running = await house.reported(town);
    const rules: ClockRule[] = [
      ...FIRST_CLOCK_RULES,
      { level: 'town', category: 'dispute', severity: 3, stage: 'accept', kind: 'days', value: 2 },
      { level: null, category: null, severity: null, stage: 'handle', kind: 'emergency', value: 90 },
    ];
    expect((await change({ rules })).status).toBe(200);
    const mine = await house.reported(town);
    expect(Date.parse(mine.due?.at ?? '') - Date.parse(mine.recordedAt)).toBe(2 * 86_400_000);
    const accepted = await act(town, running, 'accept');
    const team = await house.team('town');
    const there = await act(town, await act(town, accepted, 'dispatch', { team: team.id }), 'arrive');
    expect(there.due).toMatchObject({ stage: 'handle' });
    // Suspended and resumed it goes on with what was left; the limit is told once, when the stage is entered.
    expect((await change({ rules: [...FIRST_CLOCK_RULES] })).status).toBe(200);
    const noted = await act(town, there, 'clear');
    expect(noted.due).toEqual(there.due);
  });

  it('are changed by one at a time, who is told what stands', async () => {
    const { version } = await settings();
    const limits = { ...FIRST_LIMITS, reopenDays: 7 };
    const answers = await Promise.all(
      [limits, { ...limits, reopenDays: 8 }].map((wish) =>
        admin.post<ClockSettings & Refused>('/api/clocks', { version, limits: wish }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const lost = answers.find(({ status }) => status === 409)?.body.error;
    expect(lost).toMatchObject({ code: 'clocks.stale', detail: { current: { version: version + 1 } } });
  });

  it.each([
    [
      'two rules for the same',
      { rules: [...FIRST_CLOCK_RULES, ...FIRST_CLOCK_RULES] },
      409,
      'clocks.doubled',
    ],
    [
      'a kind that is none',
      { rules: [{ ...FIRST_CLOCK_RULES[0], kind: 'moons' }] },
      400,
      'request.malformed',
    ],
    [
      'hours that overlap',
      {
        hours: [
          [480, 720],
          [700, 800],
        ],
      },
      400,
      'request.malformed',
    ],
    [
      'a suspension of two years',
      { limits: { ...FIRST_LIMITS, suspendDays: 730 } },
      400,
      'request.malformed',
    ],
  ])('are not changed to %s', async (_, wish, status, code) => {
    const before = await settings();
    const answer = await change(wish);
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
    expect(await settings()).toEqual(before);
  });

  it('are for an administrator to change, and leave a line in the audit', async () => {
    const answer = await town.post<Refused>('/api/clocks', { version: 0, limits: FIRST_LIMITS });
    expect(answer.body.error.code).toBe('role.denied');
    const { rows } = await house.client.query("select 1 from audit where action = 'clocks.changed' limit 1");
    expect(rows).toHaveLength(1);
  });
});

describe('a calendar', () => {
  it('of a year takes the place of what was known, and clocks in workdays go by it', async () => {
    const year = new Date().getUTCFullYear();
    const days = Array.from({ length: 9 }, (_, i) => new Date(Date.now() + (i - 1) * 86_400_000));
    const inYear = days
      .map((day) => day.toISOString().slice(0, 10))
      .filter((day) => day.startsWith(`${year}`));
    const text = inYear.map((day) => `${day},休,演练`).join('\n');
    const imported = await admin.post('/api/calendars', { year, text });
    expect([imported.status, imported.body]).toMatchObject([200, { year, days: { length: inYear.length } }]);
    const rule = { level: null, category: null, severity: null, stage: 'accept', kind: 'workdays', value: 1 };
    const rest = FIRST_CLOCK_RULES.filter(({ stage }) => stage !== 'accept');
    expect((await change({ rules: [...rest, rule] })).status).toBe(200);
    const mine = await house.reported(town);
    expect(Date.parse(mine.due?.at ?? '') - Date.parse(mine.recordedAt)).toBeGreaterThan(7 * 86_400_000);
    expect((await settings()).years).toEqual([{ year, holidays: inYear.length, workdays: 0 }]);
    const again = await admin.post('/api/calendars', { year, text: `${inYear[0]},班` });
    expect(again.status).toBe(200);
    expect((await admin.get(`/api/calendars/${year}`)).body).toEqual({
      year,
      days: [{ date: inYear[0], kind: 'workday', name: '' }],
    });
  });

  it('with a line that cannot be read changes nothing, and the line is named', async () => {
    const before = await settings();
    const answer = await admin.post<Refused>('/api/calendars', {
      year: 2027,
      text: '2027-01-01,休\n2027-13-01,休',
    });
    expect([answer.status, answer.body.error]).toMatchObject([
      400,
      { code: 'calendar.malformed', detail: { line: 2 } },
    ]);
    expect(await settings()).toEqual(before);
  });
});

describe('an extension under the limits of a city', () => {
  it('is refused where no clock runs', async () => {
    const rest = FIRST_CLOCK_RULES.filter(({ stage }) => stage !== 'accept');
    expect((await change({ rules: rest })).status).toBe(200);
    const mine = await house.reported(town);
    expect(mine.due).toBeNull();
    expect(await refused(town, mine, 'extend', { reason: '远' })).toMatchObject({
      code: 'incident.illegal-step',
    });
  });
});

describe('the rules of the flow', () => {
  const ask = (change: object, by = admin) => by.post<FlowRules & Refused>('/api/flow-rules', change);

  it('are what the first city has until it makes its own, by version, and written down', async () => {
    expect((await town.get<FlowRules>('/api/flow-rules')).body).toEqual(FIRST_FLOW_RULES);
    const levels = [{ action: 'suspend', levels: ['city', 'county'] }];
    const answers = await Promise.all([ask({ version: 0, levels }), ask({ version: 0, levels: [] })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const current = (await admin.get<FlowRules>('/api/flow-rules')).body;
    const stale = answers.find(({ status }) => status === 409)?.body.error;
    expect(stale).toMatchObject({ code: 'flow-rules.stale', detail: { seen: 0, current } });
    expect(current).toMatchObject({ version: 1, evidence: FIRST_FLOW_RULES.evidence });
    const { items } = (await admin.get<{ items: object[] }>('/api/audit?action=flow-rules.changed')).body;
    expect(items).toHaveLength(1);
    expect((await ask({ version: 1, levels: [] })).body).toMatchObject({ version: 2, levels: [] });
  });

  it.each([
    ['flow-rules.doubled', { evidence: [RULE, { ...RULE, least: 2 }] }],
    ['flow-rules.doubled', { levels: [LIMIT, LIMIT] }],
    ['request.malformed', { evidence: [{ ...RULE, action: 'accept' }] }],
    ['request.malformed', { evidence: [{ ...RULE, least: -1 }] }],
    ['request.malformed', { levels: [{ ...LIMIT, levels: [] }] }],
  ])('refuse nonsense: %s', async (code, change) => {
    const { version } = (await admin.get<FlowRules>('/api/flow-rules')).body;
    expect((await ask({ version, ...change })).body.error).toMatchObject({ code });
  });

  it('are changed by administrators alone', async () => {
    expect((await ask({ version: 0 }, town)).body.error.code).toBe('role.denied');
  });
});
