import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Centre, NewDevice, Team } from '@app/shared';
import { openApp, type Person, type RunningApp } from '../support/app.js';

interface Refused {
  error: { code: string; detail: Record<string, unknown> };
}
type List<T> = { items: T[]; next: string | null };

let app: RunningApp;
let commander: Person;
let counties: Centre[];
let callSigns = 0;

const draft = (centre: string, more: object = {}) => ({
  callSign: `试验${++callSigns}`,
  centre,
  mode: 'vehicle',
  tier: 3,
  forces: { police: 2, militia: 2 },
  ...more,
});
const home = (index = 0): string => counties[index]?.id ?? '';

async function newTeam(more: object = {}, centre = home()): Promise<Team> {
  const { status, body } = await commander.post<Team>('/api/teams', draft(centre, more));
  expect(status).toBe(201);
  return body;
}

beforeAll(async () => {
  app = await openApp();
  commander = await app.signIn('commander');
  const { body } = await commander.get<List<Centre>>('/api/centres');
  counties = body.items.filter(({ level }) => level === 'county');
});

afterAll(() => app.close());

describe('teams over HTTP', () => {
  it('are listed page by page, each once', async () => {
    const all = await commander.get<List<Team>>('/api/teams?limit=200');
    expect(all.body.items.length).toBeGreaterThan(20);
    const seen: string[] = [];
    for (let next: string | null = ''; next !== null;) {
      const page: { body: List<Team> } = await commander.get(
        `/api/teams?limit=7${next === '' ? '' : `&cursor=${next}`}`,
      );
      seen.push(...page.body.items.map(({ id }) => id));
      next = page.body.next;
    }
    expect(seen).toEqual(all.body.items.map(({ id }) => id));
  });

  it('are made once per idempotency key', async () => {
    const body = draft(home());
    const key = { 'idempotency-key': 'one-team' };
    const first = await commander.post<Team>('/api/teams', body, key);
    const second = await commander.post<Team>('/api/teams', body, key);
    expect(second.body).toEqual(first.body);
    const other = await commander.post<Refused>('/api/teams', { ...body, tier: 5 }, key);
    expect([other.status, other.body.error.code]).toEqual([422, 'idempotency.mismatch']);
  });

  it.each([
    ['an unknown field', () => draft(home(), { leader: '张三' }), 400, 'request.unknown-field'],
    ['a mode that nobody knows', () => draft(home(), { mode: 'horse' }), 400, 'request.malformed'],
    [
      'a centre that nobody knows',
      () => draft('00000000-0000-7000-8000-000000000000'),
      404,
      'centre.unknown',
    ],
  ])('are refused with %s', async (_, body, status, code) => {
    const answer = await commander.post<Refused>('/api/teams', body());
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  });

  it('say who leads, what they have and where they are posted, and never a name', async () => {
    const outfit = {
      lead: 'militia',
      capabilities: ['first-aid'],
      equipment: ['aed', 'extinguisher'],
      post: { place: '东湖生态景区北门', lng: 98.29, lat: 39.78 },
    };
    const team = await newTeam(outfit);
    expect(team).toMatchObject(outfit);
    const read = (await commander.get<Team>(`/api/teams/${team.id}`)).body;
    expect(read).toMatchObject(outfit);
    const change = { version: team.version, equipment: ['drone'], post: null };
    const changed = await commander.ask<Team>('PATCH', `/api/teams/${team.id}`, change);
    expect(changed.body).toMatchObject({ ...outfit, equipment: ['drone'], post: null });
    const gun = await commander.post<Refused>('/api/teams', draft(home(), { equipment: ['firearm'] }));
    expect([gun.status, gun.body.error.code]).toEqual([400, 'request.malformed']);
  });

  it('never share a call sign while both are open', async () => {
    const first = await newTeam();
    const again = draft(home(), { callSign: first.callSign });
    const taken = await commander.post<Refused>('/api/teams', again);
    expect([taken.status, taken.body.error.code]).toEqual([409, 'team.taken']);
    await commander.ask('PATCH', `/api/teams/${first.id}`, { version: 1, close: {} });
    expect((await commander.post('/api/teams', again)).status).toBe(201);
  });

  it('are made by commanders and administrators only', async () => {
    const county = await app.signIn('county', home());
    const answer = await county.post<Refused>('/api/teams', draft(home()));
    expect([answer.status, answer.body.error.code]).toEqual([403, 'role.denied']);
  });

  it('are not there for a sibling centre until they are shared with it', async () => {
    const team = await newTeam();
    const sibling = await app.signIn('county', home(1));
    const hidden = await sibling.get<Refused>(`/api/teams/${team.id}`);
    expect([hidden.status, hidden.body.error.code]).toEqual([404, 'team.unknown']);
    const patch = await sibling.ask<Refused>('PATCH', `/api/teams/${team.id}`, {
      version: 1,
      status: 'rest',
    });
    expect([patch.status, patch.body.error.code]).toEqual([404, 'team.unknown']);

    await commander.ask('PATCH', `/api/teams/${team.id}`, { version: 1, sharedWith: [home(1)] });
    expect((await sibling.get(`/api/teams/${team.id}`)).status).toBe(200);
    const foreign = await sibling.ask<Refused>('PATCH', `/api/teams/${team.id}`, {
      version: 2,
      status: 'rest',
    });
    expect([foreign.status, foreign.body.error.code]).toEqual([403, 'scope.denied']);
  });

  it('take a status of their own from the desk of their centre, and show a stale one the current team', async () => {
    const team = await newTeam();
    const county = await app.signIn('county', home());
    const patch = (body: object) => county.ask<Team & Refused>('PATCH', `/api/teams/${team.id}`, body);
    expect((await patch({ version: 1, status: 'rest' })).body).toMatchObject({ status: 'rest', version: 2 });

    const stale = await patch({ version: 1, status: 'available' });
    expect([stale.status, stale.body.error.code]).toEqual([409, 'team.stale']);
    expect(stale.body.error.detail).toMatchObject({ current: { id: team.id, status: 'rest', version: 2 } });
    expect((await patch({ version: 2, status: 'on-scene' })).body.error.code).toBe('team.illegal-status');
    expect((await patch({ version: 2, tier: 1 })).body.error.code).toBe('role.denied');
    expect((await county.get<Team>(`/api/teams/${team.id}`)).body.version).toBe(2);
  });

  it('keep their status while an assignment is open', async () => {
    const team = await newTeam();
    const duty = await app.signIn('duty');
    const report = { category: 'traffic', severity: 3, lng: 98.2888, lat: 39.7721 };
    const incident = (await duty.post<{ id: string; version: number }>('/api/incidents', report)).body;
    const step = async (action: string, body: object) =>
      (await duty.post<{ version: number }>(`/api/incidents/${incident.id}/${action}`, body)).body;
    const accepted = await step('accept', { version: incident.version });
    await step('dispatch', { version: accepted.version, team: team.id });

    const now = (await duty.get<Team>(`/api/teams/${team.id}`)).body;
    expect(now).toMatchObject({ status: 'assigned', incidents: [incident.id], version: 2 });
    const busy = await duty.ask<Refused>('PATCH', `/api/teams/${team.id}`, { version: 2, status: 'rest' });
    expect([busy.status, busy.body.error.code]).toEqual([409, 'team.busy']);
  });

  it('leave list and picture when they are closed, and are kept', async () => {
    const team = await newTeam();
    const closed = await commander.ask<Team>('PATCH', `/api/teams/${team.id}`, { version: 1, close: {} });
    expect(closed.status).toBe(200);
    const journal = await commander.get<{ snapshot: { kind: string; id: string }[] }>(
      `/api/journal?scope=${home()}`,
    );
    expect(journal.body.snapshot.some(({ id }) => id === team.id)).toBe(false);
    const list = (query: string) =>
      commander.get<List<Team>>(`/api/teams?limit=200&centre=${home()}${query}`);
    expect((await list('')).body.items.some(({ id }) => id === team.id)).toBe(false);
    expect((await list('&closed=true')).body.items.some(({ id }) => id === team.id)).toBe(true);
  });

  it('are found by status', async () => {
    const team = await newTeam({ status: 'posted' });
    const { body } = await commander.get<List<Team>>('/api/teams?limit=200&status=posted,rest');
    expect(body.items.map(({ id }) => id)).toContain(team.id);
    expect(new Set(body.items.map(({ status }) => status))).toEqual(new Set(['posted', 'rest']));
    expect((await commander.get<Refused>('/api/teams?status=flying')).body.error.code).toBe(
      'request.malformed',
    );
  });
});

describe('devices', () => {
  it('tell their secret once and end with their team', async () => {
    const team = await newTeam();
    const body = { team: team.id, externalId: `gps-${team.id}`, name: '车载' };
    const key = { 'idempotency-key': 'one-device' };
    const made = (await commander.post<NewDevice>('/api/devices', body, key)).body;
    expect(made).toMatchObject({
      team: team.id,
      externalId: body.externalId,
      datum: 'wgs84',
      revokedAt: null,
    });
    expect(made.secret).toMatch(/^xg_[\w-]{43}$/);
    const again = (await commander.post<NewDevice>('/api/devices', body, key)).body;
    expect(again).toEqual({ ...made, secret: null });
    const taken = await commander.post<Refused>('/api/devices', body);
    expect([taken.status, taken.body.error.code]).toEqual([409, 'device.taken']);

    const listed = await commander.get<List<NewDevice>>(`/api/devices?team=${team.id}`);
    expect(listed.body.items).toEqual([expect.not.objectContaining({ secret: expect.anything() })]);
    const device = app.withToken(made.secret ?? '');
    expect((await device.post('/api/positions', [])).status).toBe(200);
    expect((await device.get<Refused>('/api/teams')).body.error.code).toBe('scope.denied');

    await commander.ask('PATCH', `/api/teams/${team.id}`, { version: 1, close: {} });
    expect((await device.post('/api/positions', [])).status).toBe(401);
  });

  it('are revoked by whoever may act at their team, and by nobody else', async () => {
    const team = await newTeam();
    const made = (await commander.post<NewDevice>('/api/devices', { team: team.id })).body;
    const missing = await commander.ask<Refused>('DELETE', `/api/devices/${team.id}`);
    expect([missing.status, missing.body.error.code]).toEqual([404, 'device.unknown']);
    expect((await commander.ask('DELETE', `/api/devices/${made.id}`)).status).toBe(204);
    expect((await app.withToken(made.secret ?? '').post('/api/positions', [])).status).toBe(401);
  });

  it('are not made for a team that is not there', async () => {
    const answer = await commander.post<Refused>('/api/devices', { team: home() });
    expect([answer.status, answer.body.error.code]).toEqual([404, 'team.unknown']);
  });
});
