import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Department, DepartmentList, Incident, IncidentPage, Report } from '@app/shared';
import type { Person } from '../support/app.js';
import { act, FourLevels, read, type Refused, refused, tell } from '../support/four-levels.js';

let house: FourLevels;
let officer: Person;
let squad: Department;
let closed: Department;

type Where = keyof FourLevels['at'];
const named = (hans: string) => ({ hans, hant: '', en: '' });
const path = (where: Where = 'town') => `/api/departments/${house.at[where].id}`;
const list = async (by: Person, where?: Where): Promise<DepartmentList> =>
  (await by.get<DepartmentList>(path(where))).body;
const set = (by: Person, version: number, items: readonly object[], where?: Where) =>
  by.post<DepartmentList & Refused>(path(where), { version, items });
/** A new department of a centre. */
async function added(where: Where, hans: string, open = true): Promise<Department> {
  const { version, items } = await list(house.admin, where);
  const { status, body } = await set(house.admin, version, [...items, { names: named(hans), open }], where);
  const made = body.items.at(-1);
  if (status !== 200 || !made) throw new Error(JSON.stringify(body));
  return made;
}
const accepted = async (): Promise<Incident> => act(officer, await house.reported(officer), 'accept');
const ofSquad = ({ departmentAssignments = [] }: Incident) =>
  departmentAssignments.find(({ department }) => department === squad.id);

beforeAll(async () => {
  house = await FourLevels.open();
  officer = await house.person('town');
  squad = await added('town', '马路市场整治队');
  closed = await added('town', '撤销了的办公室', false);
}, 120_000);
afterAll(() => house?.close());

describe('a department that is sent', () => {
  it('alone signs for it, is on scene and done: status, clocks, card and timeline follow as with a team', async () => {
    const before = await accepted();
    const sent = await act(officer, before, 'dispatch', { departments: [squad.id] });
    expect(sent).toMatchObject({
      status: 'dispatched',
      teams: [],
      departments: [{ id: squad.id, step: 'dispatched' }],
      assignments: [],
      due: { stage: 'arrive' },
      departmentAssignments: [
        {
          department: squad.id,
          names: squad.names,
          actions: ['acknowledge', 'arrive', 'clear', 'decline', 'recall'],
        },
      ],
    });
    const signed = await act(officer, sent, 'acknowledge', { department: squad.id });
    expect(signed).toMatchObject({ status: 'handling', due: { stage: 'arrive', at: sent.due?.at } });
    const there = await act(officer, signed, 'arrive', { department: squad.id });
    expect(there.status).toBe('handling');
    expect(there.due?.stage).not.toBe('arrive');
    const done = await act(officer, there, 'clear', { department: squad.id });
    expect(done).not.toHaveProperty('departments');
    expect(Object.keys(ofSquad(done)?.times ?? {}).sort()).toEqual([
      'acknowledged',
      'arrived',
      'cleared',
      'dispatched',
    ]);
    const told = done.timeline.filter(({ about }) => about?.department?.id === squad.id);
    expect(told.map(({ action, callSign, team }) => [action, callSign, team])).toEqual(
      ['dispatch', 'acknowledge', 'arrive', 'clear'].map((action) => [action, squad.names.hans, null]),
    );
    const handled = await act(officer, done, 'complete');
    expect((await act(officer, handled, 'close')).status).toBe('closed');
    const found = await officer.get<IncidentPage>(`/api/incidents?q=${encodeURIComponent('马路市场')}`);
    expect(found.body.items.map(({ id }) => id)).toContain(done.id);
  });

  it('goes beside a team, and the incident stays with who is left', async () => {
    const team = await house.team('town');
    const said = { teams: [team.id], departments: [squad.id] };
    const sent = await act(officer, await accepted(), 'dispatch', said);
    expect(sent.assignments.map((one) => one.team)).toEqual([team.id]);
    const { rows } = await house.client.query('select seen_by from incident where id = $1', [sent.id]);
    expect(rows[0].seen_by).toContain(team.id);
    expect(rows[0].seen_by).not.toContain(squad.id);
    const one = await act(officer, sent, 'recall', { department: squad.id });
    expect(one).toMatchObject({ status: 'dispatched', teams: [{ id: team.id }] });
    expect(ofSquad(one)).toMatchObject({ step: 'recalled', actions: [] });
    const again = await act(officer, one, 'dispatch', { departments: [squad.id] });
    const left = await act(officer, again, 'recall', { team: team.id });
    expect(left).toMatchObject({ status: 'dispatched', teams: [], departments: [{ id: squad.id }] });
    expect((await act(officer, left, 'recall', { department: squad.id })).status).toBe('accepted');
  });

  it('declines with a reason, and leaves the incident to be dispatched anew', async () => {
    const sent = await act(officer, await accepted(), 'dispatch', { departments: [squad.id] });
    const department = squad.id;
    expect(await refused(officer, sent, 'decline', { department })).toMatchObject({
      code: 'incident.reason-wanted',
    });
    const back = await act(officer, sent, 'decline', { department, reason: '不属本队职责' });
    expect(back).toMatchObject({ status: 'accepted', course: { returned: { what: 'department' } } });
    expect(back.timeline.at(-1)).toMatchObject({ action: 'decline', reason: '不属本队职责' });
    expect(await refused(officer, back, 'complete')).toMatchObject({ code: 'incident.returned' });
  });

  it('is on several incidents at once, on one of them once', async () => {
    const [one, other] = [await accepted(), await accepted()];
    const sent = await act(officer, one, 'dispatch', { departments: [squad.id] });
    await act(officer, other, 'dispatch', { departments: [squad.id] });
    expect(await refused(officer, sent, 'dispatch', { departments: [squad.id] })).toMatchObject({
      code: 'incident.illegal-step',
    });
    for (const action of ['depart', 'transport', 'deliver'] as const)
      expect(await refused(officer, sent, action, { department: squad.id })).toMatchObject({
        code: 'incident.illegal-step',
      });
  });

  const night = { hans: '夜市整治组', hant: '夜間市集整頓組', en: 'Night Market Squad' };

  it('is named in a report in the language of the report', async () => {
    const { version, items } = await list(house.admin);
    const made = (await set(house.admin, version, [...items, { names: night, open: true }])).body.items.at(
      -1,
    );
    const sent = await act(officer, await accepted(), 'dispatch', { departments: [made?.id] });
    const asked = { incident: sent.id, kind: 'first', language: 'en' };
    const { status, body } = await officer.post<Report>('/api/reports', asked);
    expect([status, body.body.measures]).toEqual([201, expect.stringContaining(night.en)]);
    expect(body.body.measures).not.toContain(night.hans);
  });

  it.each([
    ['zh-Hans', night.hans],
    ['zh-Hant', night.hant],
    ['en', night.en],
  ])(
    'is found by its name in %s, and a file of what was found says that one alone',
    async (language, name) => {
      const query = `q=${encodeURIComponent(name)}&language=${language}&format=csv`;
      const answer = await fetch(`${officer.url}/api/exports/incidents?${query}`, {
        headers: officer.headers,
      });
      const [, ...rows] = (await answer.text()).trimEnd().split('\r\n');
      expect(rows).toHaveLength(1);
      expect(Object.values(night).filter((one) => rows[0]?.includes(one))).toEqual([name]);
    },
  );

  it('keeps the name that it was sent under, and is moved also when it is closed meanwhile', async () => {
    const brief = await added('town', '临时整治组');
    const sent = await act(officer, await accepted(), 'dispatch', { departments: [brief.id] });
    const { version, items } = await list(officer);
    const renamed = items.map((one) =>
      one.id === brief.id ? { ...one, names: named('已并入综治办'), open: false } : one,
    );
    expect((await set(officer, version, renamed)).status).toBe(200);
    const there = await act(officer, sent, 'arrive', { department: brief.id });
    expect(there.departmentAssignments).toMatchObject([{ names: brief.names, step: 'arrived' }]);
  });

  it('that is closed at the same moment was sent before, or is not sent at all', async () => {
    for (let round = 0; round < 4; round++) {
      const brief = await added('town', `轮值队${round}`);
      const mine = await accepted();
      const { version, items } = await list(officer);
      const shut = items.map((one) => (one.id === brief.id ? { ...one, open: false } : one));
      const [closing, told] = await Promise.all([
        set(officer, version, shut),
        tell(officer, mine, 'dispatch', { departments: [brief.id] }),
      ]);
      const isSent = told.status === 200;
      expect([closing.status, told.status]).toEqual([200, isSent ? 200 : 409]);
      const now = await read(officer, mine);
      expect(now.departmentAssignments?.length ?? 0).toBe(isSent ? 1 : 0);
    }
  });
});

describe('a department is not sent', () => {
  it('of another centre, or closed, or unknown, or by whoever does not hold the incident', async () => {
    const foreign = await added('sister', '别处的队');
    const above = await added('east', '上级的队');
    const mine = await accepted();
    const codes = async (by: Person, ids: readonly string[]) =>
      (await refused(by, mine, 'dispatch', { departments: ids })).code;
    expect(await codes(officer, [foreign.id])).toBe('department.unknown');
    expect(await codes(officer, [above.id])).toBe('department.unknown');
    expect(await codes(officer, [mine.id])).toBe('department.unknown');
    expect(await codes(officer, [squad.id, closed.id])).toBe('department.closed');
    expect(await codes(await house.person('sister'), [foreign.id])).toBe('incident.unknown');
    // Whoever stands above acts for the holder, with the holder's departments and not the own.
    const superior = await house.person('east');
    expect(await codes(superior, [above.id])).toBe('department.unknown');
    expect(await codes(superior, [])).toBe('request.malformed');
    expect(ofSquad(await read(officer, mine))).toBeUndefined();
    expect((await act(superior, mine, 'dispatch', { departments: [squad.id] })).status).toBe('dispatched');
  });

  it('by a centre that only helps, which moves none of the holder’s either', async () => {
    const helper = await house.person('sister');
    const asked = await act(officer, await accepted(), 'assist', {
      centre: house.at.sister.id,
      reason: '请协助',
    });
    const superior = await house.person('east');
    const offer = asked.course?.offers[0]?.id;
    await act(superior, await read(superior, asked), 'pass-offer', { offer });
    const helped = await act(helper, await read(helper, asked), 'accept-offer', { offer });
    const own = await added('sister', '协助的队');
    expect(await refused(helper, helped, 'dispatch', { departments: [own.id] })).toMatchObject({
      code: 'scope.denied',
    });
    const sent = await act(officer, await read(officer, helped), 'dispatch', { departments: [squad.id] });
    expect(await refused(helper, sent, 'arrive', { department: squad.id })).toMatchObject({
      code: 'scope.denied',
    });
    expect(ofSquad(await read(helper, sent))?.actions).toEqual([]);
  });
});

describe('the list of departments', () => {
  it('is each centre’s own: those above may set it, those beside and below neither read nor set it', async () => {
    const above = await house.person('east');
    expect((await list(above)).items.map(({ id }) => id)).toContain(squad.id);
    for (const by of [await house.person('sister'), await house.person('village')]) {
      expect((await by.get(path())).status).toBe(404);
      expect((await set(by, 0, [])).body.error.code).toBe('centre.unknown');
    }
    const display = await house.person('town', 'display');
    expect((await display.get(path())).status).toBe(403);
    expect((await set(display, 0, [])).status).toBe(403);
  });

  it('set by two at once is set once, and the other is told what stands', async () => {
    const second = await house.person('town');
    const { version, items } = await list(officer);
    const answers = await Promise.all(
      [officer, second].map((by, n) =>
        set(by, version, [...items, { names: named(`同时${n}`), open: true }]),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const late = answers.find(({ status }) => status === 409)?.body.error;
    expect(late).toMatchObject({ code: 'department.stale', detail: { current: { version: version + 1 } } });
  });

  it('never loses one, and takes no telephone number', async () => {
    const { version, items } = await list(officer);
    for (const wrong of [items.slice(1), [...items, { names: named('综治办13800138000'), open: true }]])
      expect((await set(officer, version, wrong)).body.error.code).toBe('request.malformed');
    expect(await list(officer)).toMatchObject({ version, items });
  });

  it('of every centre of the demo city has some', async () => {
    const { rows } = await house.client.query(
      'select count(*)::int as n from centre c where not exists (select from department_list d where d.centre = c.id)',
    );
    expect(rows[0].n).toBe(0);
    expect((await list(house.admin, 'sister')).items.map(({ names }) => names.hans)).toContain('城管执法队');
  });
});
