import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type {
  AuditEntry,
  Centre,
  Incident,
  IncidentAction,
  IncidentItem,
  JournalEntry,
  PictureItem,
  Team,
} from '@app/shared';
import { openApp, Person, type RunningApp } from '../support/app.js';

type Refused = { error: { code: string; detail: Record<string, unknown> } };
type List<T> = { items: T[]; next: string | null };

let app: RunningApp;
let duty: Person;
let commander: Person;
let counties: Centre[];
let root: Centre;
let callSigns = 0;
const SECRET = 'a-secret-of-the-simulator-alone';

beforeAll(async () => {
  app = await openApp({ env: { SIMULATOR_SECRET: SECRET } });
  duty = await app.signIn('duty');
  commander = await app.signIn('commander');
  const { items } = (await duty.get<List<Centre>>('/api/centres')).body;
  counties = items.filter(({ level }) => level === 'county');
  root = items.find(({ parent }) => parent === null) ?? never('root');
});
afterAll(() => app.close());

function never(what: string): never {
  throw new Error(`no ${what} in the demo city`);
}

const REPORT = { category: 'traffic', severity: 3, lng: 98.2888, lat: 39.7721, source: 'phone' };

async function reported(extra: object = {}, by: Person = duty): Promise<Incident> {
  const { status, body } = await by.post<Incident>('/api/incidents', { ...REPORT, ...extra });
  expect([status, body]).toEqual([201, expect.objectContaining({ status: 'reported' })]);
  return body;
}

async function act(
  incident: Incident,
  action: IncidentAction,
  extra: object = {},
  by: Person = duty,
): Promise<Incident> {
  const step = { version: incident.version, ...extra };
  const { status, body } = await by.post<Incident>(`/api/incidents/${incident.id}/${action}`, step);
  expect([status, body]).toEqual([200, expect.objectContaining({ id: incident.id })]);
  return body;
}

async function refused(incident: Incident, action: string, extra: object = {}, by: Person = duty) {
  const step = { version: incident.version, ...extra };
  const { status, body } = await by.post<Refused>(`/api/incidents/${incident.id}/${action}`, step);
  return { status, ...body.error };
}

async function newTeam(centre = counties[0]?.id): Promise<Team> {
  const draft = { callSign: `派${++callSigns}`, centre, mode: 'vehicle', tier: 3, forces: { police: 2 } };
  const { status, body } = await commander.post<Team>('/api/teams', draft);
  expect(status).toBe(201);
  return body;
}

const teamNow = async (id: string): Promise<Team> => (await duty.get<Team>(`/api/teams/${id}`)).body;

/** What a scope sees now, over HTTP. */
async function picture(scope: string, by: Person = duty): Promise<Map<string, PictureItem>> {
  const { body } = await by.get<{ snapshot: PictureItem[] }>(`/api/journal?scope=${scope}`);
  return new Map(body.snapshot.map((item) => [item.id, item]));
}

describe('a report', () => {
  it('opens an incident with number, holder, grid, clock and what may be done next', async () => {
    const incident = await reported({ place: '新华路口', description: '两车相撞' });
    expect(incident).toMatchObject({
      number: expect.stringMatching(/^嘉综〔20\d\d〕\d{6}$/),
      category: 'traffic',
      severity: 3,
      version: 1,
      place: '新华路口',
      description: '两车相撞',
      grid: expect.stringMatching(/^\d{15}$/),
      due: { stage: 'accept' },
      actions: expect.arrayContaining(['accept', 'reject']),
      assignments: [],
      simulated: false,
      timeline: [{ fact: 'incident.reported', action: 'report', flags: [] }],
    });
    const { at, soonAt } = incident.due ?? never('clock');
    expect(Date.parse(at) - Date.parse(incident.recordedAt)).toBe(15 * 60_000);
    expect(Date.parse(soonAt) - Date.parse(incident.recordedAt)).toBe(12 * 60_000);
    const holder = (await duty.get<Centre>(`/api/centres/${incident.centre}`)).body;
    expect(holder.level).toBe('community');
  });

  it('is on the picture of its holder and all above, as a small card without free text', async () => {
    const incident = await reported({ place: '人民广场东门', description: '报警人称有人受伤' });
    const seen = await picture(root.id);
    const card = seen.get(incident.id)?.card;
    expect(card).toMatchObject({ id: incident.id, version: 1, place: '人民广场东门' });
    expect(JSON.stringify(card)).not.toContain('受伤');
    expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(540);
  });

  it('is never refused for its place: outside the reach of the reporter the own centre holds it', async () => {
    const county = counties[1] ?? never('second county');
    const staff = await app.signIn('county', county.id);
    const far = await reported({ lng: 100.5, lat: 38.9 }, staff);
    expect(far).toMatchObject({ centre: county.id, origin: county.id, grid: null });
  });

  it.each([
    ['an unknown field', { caller: '张三' }, 400, 'request.unknown-field'],
    ['a latitude of 98', { lng: 139.77, lat: 98.29 }, 400, 'place.out-of-range'],
    ['its two coordinates swapped', { lng: 39.77, lat: 98.29 }, 400, 'place.swapped'],
    ['a category that is none', { category: 'arson' }, 400, 'request.malformed'],
    [
      'a time in the future',
      { occurredAt: new Date(Date.now() + 3_600_000).toISOString() },
      400,
      'time.future',
    ],
    [
      'a time two days ago',
      { occurredAt: new Date(Date.now() - 48 * 3_600_000).toISOString() },
      400,
      'time.past',
    ],
  ])('with %s is refused and changes nothing', async (_, extra, status, code) => {
    const before = (await duty.get<List<IncidentItem>>('/api/incidents?limit=1')).body.items[0]?.id;
    const answer = await duty.post<Refused>('/api/incidents', { ...REPORT, ...extra });
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
    expect((await duty.get<List<IncidentItem>>('/api/incidents?limit=1')).body.items[0]?.id).toBe(before);
  });

  it('told twice under one external id is one incident', async () => {
    const externalId = 'call-0001';
    const all = await Promise.all([1, 2, 3].map(() => reported({ externalId })));
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
  });

  it('told twice under one key gives the same answer, another body is a mismatch', async () => {
    const key = { 'idempotency-key': 'report-1' };
    const first = await duty.post<Incident>('/api/incidents', REPORT, key);
    const second = await duty.post<Incident>('/api/incidents', REPORT, key);
    expect(second.body).toEqual(first.body);
    const other = await duty.post<Refused>('/api/incidents', { ...REPORT, severity: 2 }, key);
    expect([other.status, other.body.error.code]).toEqual([422, 'idempotency.mismatch']);
  });

  it('gets the next number of its year, without a gap, when many come at once', async () => {
    const all = await Promise.all(Array.from({ length: 12 }, () => reported()));
    const numbers = all.map(({ number }) => Number(number.slice(-6))).sort((a, b) => a - b);
    expect(numbers).toEqual(numbers.map((_, i) => (numbers[0] ?? 0) + i));
  });

  it('is not for a display or an administrator to make', async () => {
    for (const role of ['display', 'admin'] as const) {
      const answer = await (await app.signIn(role)).post<Refused>('/api/incidents', REPORT);
      expect([answer.status, answer.body.error.code]).toEqual([403, 'role.denied']);
    }
  });
});

describe('the steps of an incident', () => {
  it('go from report to close, with team, timeline and picture in step', async () => {
    const team = await newTeam();
    let incident = await reported();
    incident = await act(incident, 'accept');
    expect(incident).toMatchObject({ status: 'accepted', version: 2, due: { stage: 'dispatch' } });
    incident = await act(incident, 'dispatch', { team: team.id });
    expect(incident).toMatchObject({
      status: 'dispatched',
      due: { stage: 'arrive' },
      teams: [{ id: team.id, step: 'dispatched' }],
      assignments: [{ callSign: team.callSign, actions: expect.arrayContaining(['acknowledge', 'recall']) }],
    });
    expect(await teamNow(team.id)).toMatchObject({ status: 'assigned', incidents: [incident.id] });
    incident = await act(incident, 'depart');
    expect(await teamNow(team.id)).toMatchObject({ status: 'en-route' });
    incident = await act(incident, 'arrive');
    expect(incident).toMatchObject({ status: 'handling', due: null });
    expect((await picture(root.id)).get(incident.id)?.card).toMatchObject({
      status: 'handling',
      version: 5,
      teams: [{ id: team.id, step: 'arrived' }],
    });
    incident = await act(incident, 'complete', { note: '已处置' });
    expect(await teamNow(team.id)).toMatchObject({ status: 'available', incidents: [] });
    incident = await act(incident, 'close');
    expect(incident).toMatchObject({
      status: 'closed',
      actions: ['follow-up', 'reopen', 'seal'],
      closedAt: expect.any(String),
    });
    expect(incident.timeline.map(({ fact }) => fact)).toEqual([
      'incident.reported',
      'incident.accepted',
      'incident.dispatched',
      'incident.departed',
      'incident.arrived',
      'incident.cleared',
      'incident.completed',
      'incident.closed',
    ]);
    expect((await picture(root.id)).has(incident.id)).toBe(false);
    expect((await duty.get<Incident>(`/api/incidents/${incident.id}`)).body).toEqual(incident);
  });

  it('send several teams at once and recall one', async () => {
    const teams = [await newTeam(), await newTeam()];
    const ids = teams.map(({ id }) => id);
    let incident = await act(await act(await reported(), 'accept'), 'dispatch', { teams: ids });
    incident = await act(incident, 'recall', { team: ids[0] });
    expect(incident).toMatchObject({ status: 'dispatched', teams: [{ id: ids[1] }] });
    incident = await act(incident, 'recall');
    expect(incident).toMatchObject({ status: 'accepted', teams: [], due: { stage: 'dispatch' } });
    expect((await teamNow(ids[0] ?? '')).status).toBe('available');
  });

  it('do not send a team that is busy, and say which', async () => {
    const team = await newTeam();
    await act(await act(await reported(), 'accept'), 'dispatch', { team: team.id });
    const second = await act(await reported(), 'accept');
    expect(await refused(second, 'dispatch', { team: team.id })).toMatchObject({
      status: 409,
      code: 'team.unavailable',
      detail: { teams: [{ id: team.id, callSign: team.callSign, status: 'assigned' }] },
    });
    expect((await duty.get<Incident>(`/api/incidents/${second.id}`)).body).toMatchObject({ version: 2 });
  });

  it('of two dispatchers who send the same team at once, one is told that it is gone', async () => {
    const team = await newTeam();
    const two = [await act(await reported(), 'accept'), await act(await reported(), 'accept')];
    const answers = await Promise.all(
      two.map(({ id, version }) =>
        duty.post<Refused>(`/api/incidents/${id}/dispatch`, { version, team: team.id }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await teamNow(team.id)).incidents).toHaveLength(1);
  });

  it('send a busy team only with a reason and knowing what it leaves, which both timelines then tell', async () => {
    const team = await newTeam();
    let first = await act(await act(await reported(), 'accept'), 'dispatch', { team: team.id });
    first = await act(await act(first, 'depart'), 'arrive');
    let second = await act(await reported(), 'accept');
    const refusal = await refused(second, 'dispatch', { team: team.id });
    expect(refusal).toMatchObject({
      code: 'team.unavailable',
      detail: {
        teams: [
          {
            id: team.id,
            status: 'on-scene',
            incidents: [{ id: first.id, number: first.number }],
            override: { incidents: [first.id] },
          },
        ],
        wanted: expect.stringContaining('reason'),
      },
    });
    const named = [{ id: team.id, incidents: [first.id] }];
    const blank = { teams: named, reason: '  ' };
    expect(await refused(second, 'dispatch', { team: team.id, override: blank })).toMatchObject({
      status: 400,
      code: 'request.malformed',
    });
    const override = { teams: named, reason: '离得最近，先行处置' };
    second = await act(second, 'dispatch', { team: team.id, override });
    expect(second.timeline.at(-1)).toMatchObject({
      action: 'dispatch',
      reason: override.reason,
      flags: ['team-was-busy'],
    });
    first = (await duty.get<Incident>(`/api/incidents/${first.id}`)).body;
    expect(first.timeline.at(-1)).toMatchObject({
      fact: 'incident.team-shared',
      team: team.id,
      reason: override.reason,
      about: { incident: second.id },
      by: second.timeline.at(-1)?.by,
    });
    expect(first.timeline).toHaveLength(first.version);
    expect(await teamNow(team.id)).toMatchObject({ status: 'on-scene', incidents: [first.id, second.id] });
    second = await act(second, 'acknowledge');
    expect((await teamNow(team.id)).status).toBe('on-scene');
    await act(first, 'clear');
    expect(await teamNow(team.id)).toMatchObject({ status: 'assigned', incidents: [second.id] });
    await act(second, 'depart');
    expect((await teamNow(team.id)).status).toBe('en-route');
    const admin = await app.signIn('admin');
    const path = `/api/audit?action=incident.team-shared&subject=incident:${second.id}`;
    const { items } = (await admin.get<List<AuditEntry>>(path)).body;
    expect(items).toMatchObject([{ detail: { to: second.id, from: first.id, teams: [team.id] } }]);
    expect(JSON.stringify(items)).not.toContain(override.reason);
  });

  it('why a busy team was sent is erased in both incidents', async () => {
    const team = await newTeam();
    const first = await act(await act(await reported(), 'accept'), 'dispatch', { team: team.id });
    const override = { teams: [{ id: team.id, incidents: [first.id] }], reason: '张某某要求' };
    const second = await act(await act(await reported(), 'accept'), 'dispatch', { team: team.id, override });
    const asked = { kind: 'incident', id: second.id, reason: 'person-named' };
    const erased = await commander.post('/api/erasures', asked);
    expect([erased.status, erased.body]).toEqual([200, expect.anything()]);
    for (const { id } of [first, second]) {
      const { body } = await duty.get<Incident>(`/api/incidents/${id}`);
      expect(JSON.stringify(body)).not.toContain(override.reason);
    }
    const found = await duty.get<List<Incident>>(`/api/incidents?q=${encodeURIComponent('张某某')}`);
    expect(found.body.items).toEqual([]);
  });

  it('of two dispatchers who override for the same team at once, one is told what it is on now', async () => {
    const team = await newTeam();
    const first = await act(await act(await reported(), 'accept'), 'dispatch', { team: team.id });
    const two = [await act(await reported(), 'accept'), await act(await reported(), 'accept')];
    const override = { teams: [{ id: team.id, incidents: [first.id] }], reason: '就近' };
    const answers = await Promise.all(
      two.map(({ id, version }) =>
        duty.post<Refused>(`/api/incidents/${id}/dispatch`, { version, team: team.id, override }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const { incidents } = await teamNow(team.id);
    expect(incidents).toHaveLength(2);
    const refusal = answers.find(({ status }) => status === 409)?.body.error;
    expect(refusal).toMatchObject({
      code: 'team.unavailable',
      detail: { teams: [{ override: { incidents: expect.arrayContaining(incidents) } }] },
    });
  });

  it('no reason sends a team that rests, is on it already, or is under another command', async () => {
    const resting = await newTeam();
    await commander.ask('PATCH', `/api/teams/${resting.id}`, { version: resting.version, status: 'rest' });
    const bound = await newTeam();
    const incident = await act(await act(await reported(), 'accept'), 'dispatch', { team: bound.id });
    const draft = { callSign: '武1', centre: counties[0]?.id, mode: 'vehicle', tier: 3 };
    const armed = (await commander.post<Team>('/api/teams', { ...draft, forces: { 'armed-police': 6 } }))
      .body;
    for (const [team, code] of [
      [resting, 'team.unavailable'],
      [bound, 'team.unavailable'],
      [armed, 'team.other-command'],
    ] as const) {
      const override = { teams: [{ id: team.id, incidents: [incident.id] }], reason: '急' };
      const refusal = await refused(incident, 'dispatch', { team: team.id, override });
      expect([team.callSign, refusal.code]).toEqual([team.callSign, code]);
    }
  });

  it('say who was faster when the version is stale', async () => {
    const first = await reported();
    const now = await act(first, 'accept', {}, commander);
    expect(await refused(first, 'accept')).toMatchObject({
      status: 409,
      code: 'incident.stale',
      detail: {
        seen: 1,
        current: { id: first.id, version: now.version, status: 'accepted', actions: now.actions },
        changedBy: now.timeline.at(-1)?.by,
        changedAt: now.timeline.at(-1)?.recordedAt,
      },
    });
  });

  it('name what is legal when a step is not', async () => {
    expect(await refused(await reported(), 'close')).toMatchObject({
      status: 409,
      code: 'incident.illegal-step',
      detail: { from: 'reported', action: 'close', legal: expect.arrayContaining(['accept', 'reject']) },
    });
  });

  it.each([
    ['reject', {}, 400, 'incident.reason-wanted'],
    ['explode', {}, 400, 'request.malformed'],
    ['accept', { version: 0 }, 400, 'request.malformed'],
    ['accept', { caller: 'x' }, 400, 'request.unknown-field'],
    ['accept', { occurredAt: '2099-01-01T00:00:00Z' }, 400, 'time.future'],
  ])('refuse %s with %j', async (action, extra, status, code) => {
    expect(await refused(await reported(), action, extra)).toMatchObject({ status, code });
  });

  it('refuse a team that is not there', async () => {
    const incident = await act(await reported(), 'accept');
    const team = '01900000-0000-7000-8000-000000000000';
    expect(await refused(incident, 'dispatch', { team })).toMatchObject({
      status: 404,
      code: 'team.unknown',
    });
  });

  it('told twice under one external id change nothing the second time', async () => {
    const incident = await reported();
    const once = await act(incident, 'accept', { externalId: 'step-1' });
    const again = await act(incident, 'accept', { externalId: 'step-1' });
    expect(again).toEqual(once);
  });

  it('an arrival and then a late departure are both kept, and nothing moves back', async () => {
    const team = await newTeam();
    const sent = await act(await act(await reported(), 'accept'), 'dispatch', { team: team.id });
    const there = await act(sent, 'arrive');
    const occurredAt = new Date(Date.parse(there.recordedAt) - 1000).toISOString();
    const late = await act(there, 'depart', { occurredAt });
    expect(late.assignments[0]).toMatchObject({
      step: 'arrived',
      flags: ['out-of-order'],
      times: { departed: occurredAt },
    });
    expect((await teamNow(team.id)).status).toBe('on-scene');
  });
});

describe('who sees and does what', () => {
  let inFirst: Incident;
  beforeAll(async () => {
    const staff = await app.signIn('county', counties[0]?.id);
    inFirst = await reported({ lng: 100.5, lat: 38.9 }, staff);
  });

  it('a sibling centre reads and does nothing of it, as if it were not there', async () => {
    const other = await app.signIn('county', counties[1]?.id);
    const read = await other.get<Refused>(`/api/incidents/${inFirst.id}`);
    expect([read.status, read.body.error.code]).toEqual([404, 'incident.unknown']);
    expect(await refused(inFirst, 'accept', {}, other)).toMatchObject({
      status: 404,
      code: 'incident.unknown',
    });
    expect((await picture(counties[1]?.id ?? '', other)).has(inFirst.id)).toBe(false);
    const list = await other.get<List<IncidentItem>>('/api/incidents?limit=200');
    expect(list.body.items.map(({ id }) => id)).not.toContain(inFirst.id);
  });

  it('an id that no incident has reads the same', async () => {
    const read = await duty.get<Refused>('/api/incidents/01900000-0000-7000-8000-000000000000');
    expect([read.status, read.body.error.code]).toEqual([404, 'incident.unknown']);
  });

  it('an administrator and a display read without actions', async () => {
    for (const role of ['admin', 'display'] as const) {
      const person = await app.signIn(role);
      const { status, body } = await person.get<Incident>(`/api/incidents/${inFirst.id}`);
      expect([status, body.actions]).toEqual([200, []]);
    }
  });

  it('what is closed is still read by those who saw it, and by nobody else', async () => {
    const staff = await app.signIn('county', counties[0]?.id);
    const mine = await reported({ lng: 100.5, lat: 38.9 }, staff);
    await act(mine, 'reject', { reason: '误报' }, staff);
    expect((await staff.get(`/api/incidents/${mine.id}`)).status).toBe(200);
    const other = await app.signIn('county', counties[1]?.id);
    expect((await other.get(`/api/incidents/${mine.id}`)).status).toBe(404);
  });

  it('the facts in the journal carry card and audience', async () => {
    const { body } = await duty.get<{ items: JournalEntry[]; cursor: string }>(
      `/api/journal?scope=${root.id}`,
    );
    const incident = await reported();
    const next = await duty.get<{ items: JournalEntry[] }>(
      `/api/journal?scope=${root.id}&after=${encodeURIComponent(body.cursor)}`,
    );
    expect(next.body.items.filter(({ id }) => id === incident.id)).toMatchObject([
      { fact: 'incident.reported', kind: 'incident', version: 1, card: { number: incident.number } },
    ]);
  });
});

describe('tokens', () => {
  async function token(scopes: string[], centre = root.id): Promise<Person> {
    const admin = await app.signIn('admin');
    const { status, body } = await admin.post<{ secret: string }>('/api/tokens', {
      name: 'partner',
      centre,
      scopes,
    });
    expect([status, scopes]).toEqual([201, scopes]);
    return app.withToken(body.secret);
  }

  it('with report may report and nothing else', async () => {
    const partner = await token(['report']);
    const incident = await reported({ source: 'partner' }, partner);
    expect(incident.actions).toEqual([]);
    expect(await refused(incident, 'accept', {}, partner)).toMatchObject({
      status: 403,
      code: 'scope.denied',
    });
    expect((await partner.get<Refused>(`/api/incidents/${incident.id}`)).body.error.code).toBe(
      'scope.denied',
    );
  });

  it('with import tell the past, out of order and without clocks', async () => {
    const partner = await token(['import']);
    const at = (second: number) => new Date(Date.UTC(2020, 3, 14, 19, 11, 17) + second * 1000).toISOString();
    const team = await newTeam();
    let incident = await reported({ occurredAt: at(0), externalId: 'sf-1' }, partner);
    expect(incident).toMatchObject({ due: null, number: expect.stringContaining('〔2020〕') });
    incident = await act(incident, 'deliver', { team: team.id, occurredAt: at(103) }, partner);
    incident = await act(incident, 'accept', { occurredAt: at(123) }, partner);
    incident = await act(incident, 'dispatch', { team: team.id, occurredAt: at(133) }, partner);
    incident = await act(incident, 'depart', { team: team.id, occurredAt: at(405) }, partner);
    incident = await act(incident, 'clear', { team: team.id, occurredAt: at(900) }, partner);
    expect(incident.assignments).toMatchObject([
      {
        step: 'cleared',
        flags: ['out-of-order'],
        times: { delivered: at(103), dispatched: at(133), departed: at(405), cleared: at(900) },
      },
    ]);
    incident = await act(incident, 'complete', { occurredAt: at(900), derived: true }, partner);
    incident = await act(incident, 'close', { occurredAt: at(900), derived: true }, partner);
    expect(incident).toMatchObject({ status: 'closed', due: null });
    expect((await teamNow(team.id)).status).toBe('available');
  });

  it('with import may send a team that is bound elsewhere, which then belongs to both', async () => {
    const partner = await token(['import']);
    const team = await newTeam();
    const occurredAt = '2020-04-14T20:00:00Z';
    const open = async () =>
      act(
        await act(await reported({ occurredAt }, partner), 'accept', { occurredAt }, partner),
        'dispatch',
        { team: team.id, occurredAt },
        partner,
      );
    const [one, two] = [await open(), await open()];
    expect((await teamNow(team.id)).incidents.sort()).toEqual([one.id, two.id].sort());
    await act(two, 'clear', { occurredAt }, partner);
    expect(await teamNow(team.id)).toMatchObject({ status: 'assigned', incidents: [one.id] });
  });
});

describe('the simulator', () => {
  let simulator: Person;
  beforeAll(async () => {
    const answer = await app.nobody().post('/api/session', { account: 'simulator', password: SECRET });
    expect(answer.status).toBe(200);
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? never('cookie');
    simulator = new Person(app.url, { cookie });
  });

  it('drives what it reported, until a person touches it', async () => {
    let incident = await reported({}, simulator);
    expect(incident.simulated).toBe(true);
    incident = await act(incident, 'accept', {}, simulator);
    expect(incident.simulated).toBe(true);
    incident = await act(incident, 'reject', { reason: '误报' }, duty);
    expect(incident.simulated).toBe(false);
  });

  it('is refused on what a person reported or touched', async () => {
    expect(await refused(await reported(), 'accept', {}, simulator)).toMatchObject({ code: 'role.denied' });
    const touched = await act(await reported({}, simulator), 'accept');
    const team = await newTeam();
    expect(await refused(touched, 'dispatch', { team: team.id }, simulator)).toMatchObject({
      code: 'role.denied',
    });
  });
});

describe('lists', () => {
  it('are filtered and paged, newest first, each once', async () => {
    const grid = (await reported({ category: 'fire', severity: 1 })).grid;
    for (let i = 0; i < 4; i++) await reported({ category: 'fire', severity: 1 });
    const query = `/api/incidents?category=fire&severity=1&grid=${grid}&status=reported,accepted`;
    const whole = (await duty.get<List<IncidentItem>>(`${query}&limit=200`)).body;
    expect(whole.items.length).toBeGreaterThanOrEqual(5);
    expect(whole.items.every(({ category, status }) => category === 'fire' && status === 'reported')).toBe(
      true,
    );
    const seen: string[] = [];
    for (let next: string | null = ''; next !== null;) {
      const page: { body: List<IncidentItem> } = await duty.get(
        `${query}&limit=2${next === '' ? '' : `&cursor=${next}`}`,
      );
      seen.push(...page.body.items.map(({ id }) => id));
      next = page.body.next;
    }
    expect(seen).toEqual(whole.items.map(({ id }) => id));
    expect(whole.items[0]).not.toHaveProperty('timeline');
    expect(whole.items[0]).toHaveProperty('assignments');
  });

  it('find a number, and what is open', async () => {
    const incident = await reported();
    const found = await duty.get<List<IncidentItem>>(
      `/api/incidents?q=${encodeURIComponent(incident.number)}&open=true`,
    );
    expect(found.body.items.map(({ id }) => id)).toEqual([incident.id]);
    await act(incident, 'reject', { reason: '误报' });
    const gone = await duty.get<List<IncidentItem>>(
      `/api/incidents?q=${encodeURIComponent(incident.number)}&open=true`,
    );
    expect(gone.body.items).toEqual([]);
  });

  it.each(['limit=201', 'cursor=abc', 'status=lost', 'page=2', 'since=yesterday'])(
    'refuse %s',
    async (query) => {
      const { status } = await duty.get(`/api/incidents?${query}`);
      expect(status).toBe(400);
    },
  );
});
