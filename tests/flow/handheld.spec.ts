import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type Account,
  type AuditEntry,
  type Centre,
  type Handheld,
  type Joined,
  type Session,
  type Team,
  type TeamCard,
} from '@app/shared';
import { Database } from '../../server/src/platform/database.js';
import { ask, connected, once, openApp, type Person, type RunningApp } from '../support/app.js';
import { mint } from '../support/facts.js';

// The handheld of a team signs in, sees its own and nothing else, and is cut off like anybody.

type List<T> = { items: T[]; next: string | null };
type Refused = { error: { code: string } };

const PASSWORD = 'Seven-Lanterns-41';
let app: RunningApp;
let admin: Person;
let counties: Centre[];
let teams: Team[];

beforeAll(async () => {
  app = await openApp();
  admin = await app.signIn('admin');
  const { items } = (await admin.get<List<Centre>>('/api/centres')).body;
  counties = items.filter(({ level }) => level === 'county');
  teams = (await admin.get<List<Team>>('/api/teams?limit=200')).body.items;
}, 120_000);
afterAll(() => app?.close());

let made = 0;
async function handheldOf(team: string): Promise<{ person: Person; account: Account }> {
  const name = `handheld-${++made}`;
  const draft = { name, password: PASSWORD, role: 'team', team };
  const { body, status } = await admin.post<Account>('/api/accounts', draft);
  expect(status).toBe(201);
  const entered = await app.nobody().post('/api/session', { account: name, password: PASSWORD });
  expect(entered.status).toBe(200);
  const cookie = entered.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  return { person: app.withCookie(cookie), account: body };
}
const [first, second] = [() => teamAt(0), () => teamAt(1)];
function teamAt(i: number): Team {
  const team = teams.filter(({ centre }) => centre === counties[i]?.id)[0];
  if (!team) throw new Error(`a team of county ${i}`);
  return team;
}

describe('the account of a handheld', () => {
  it('of the demo is of its own team, though another team’s id ends alike', async () => {
    const team = await admin.post<Team>('/api/teams', {
      callSign: '尾号甲',
      centre: counties[0]?.id,
      mode: 'foot',
      tier: 1,
      forces: { police: 2 },
    });
    const alike = `${mint().slice(0, -6)}${team.body.id.slice(-6)}`;
    const database = app.app.get(Database);
    await database.query(
      `insert into team select (jsonb_populate_record(t, jsonb_build_object('id', $2::text, 'call_sign', '尾号乙'))).* from team t where id = $1`,
      [team.body.id, alike],
    );
    for (const id of [team.body.id, alike]) {
      const entered = await app.nobody().post<Session>('/api/session', { demo: 'patrol', team: id });
      expect([entered.status, entered.body.team]).toEqual([200, id]);
    }
  });

  it('names exactly one team, of the subtree of whoever makes it, and no centre', async () => {
    const { account } = await handheldOf(first().id);
    expect(account).toMatchObject({ role: 'team', team: first().id, centre: first().centre });
    const draft = { name: 'handheld-x', password: PASSWORD, role: 'team' };
    expect((await admin.post('/api/accounts', draft)).status).toBe(400);
    const nobodys = { ...draft, team: mint() };
    expect((await admin.post<Refused>('/api/accounts', nobodys)).body.error.code).toBe('team.unknown');
    const desk = { ...draft, role: 'staff', team: first().id };
    expect((await admin.post('/api/accounts', desk)).status).toBe(400);
  });

  it('is in the audit with the team that it was made for', async () => {
    const { account } = await handheldOf(first().id);
    const subject = encodeURIComponent(`account:${account.id}`);
    const { items } = (await admin.get<List<AuditEntry>>(`/api/audit?subject=${subject}`)).body;
    expect(items.find(({ action }) => action === 'account.created')?.detail).toMatchObject({
      team: first().id,
    });
  });

  it('says whose it is, and the home of that team', async () => {
    const { person } = await handheldOf(first().id);
    const { body } = await person.get<Session>('/api/session');
    expect(body).toMatchObject({
      team: first().id,
      centre: { id: first().centre },
      account: { role: 'team' },
      locked: false,
    });
  });

  it('goes to another team by an administrator, and its open screen is cut', async () => {
    const { person, account } = await handheldOf(first().id);
    const socket = await connected(person.socket());
    const cut = once<{ code: string }>(socket, 'notice');
    const path = `/api/accounts/${account.id}`;
    const wrong = await admin.ask<Refused>('PATCH', path, { version: 1, centre: first().centre });
    expect(wrong.body.error.code).toBe('account.team');
    const moved = await admin.ask<Account>('PATCH', path, { version: 1, team: second().id });
    expect(moved.body).toMatchObject({ team: second().id, centre: second().centre });
    expect((await cut).code).toBe('scope-changed');
    const { body } = await person.post<Handheld>('/api/handheld', { device: mint() });
    expect(body.team.id).toBe(second().id);
    const desk = { version: 2, role: 'staff', centre: second().centre };
    expect((await admin.ask<Account>('PATCH', path, desk)).body).toMatchObject({ role: 'staff', team: null });
    expect((await person.post('/api/handheld', { device: mint() })).status).toBe(403);
  });

  it('ends with its team, and reports nothing in the name of a team that is closed', async () => {
    const draft = { callSign: '将撤', centre: first().centre, mode: 'foot', tier: 1, forces: { police: 2 } };
    const { body: team } = await admin.post<Team>('/api/teams', draft);
    const { person, account } = await handheldOf(team.id);
    const closing = { version: team.version, close: {} };
    expect((await admin.ask('PATCH', `/api/teams/${team.id}`, closing)).status).toBe(200);
    const called = await person.post<Refused>('/api/sos', { team: team.id });
    expect([called.status, called.body.error.code]).toEqual([401, 'session.required']);
    const again = { account: account.name, password: PASSWORD };
    expect((await app.nobody().post<Refused>('/api/session', again)).status).toBe(401);
    const subject = encodeURIComponent(`account:${account.id}`);
    const { items } = (await admin.get<List<AuditEntry>>(`/api/audit?subject=${subject}`)).body;
    expect(items.find(({ action }) => action === 'account.changed')?.detail).toEqual({ disabled: true });
  });

  it('is one click away in the demo, for the team that is named', async () => {
    const team = second().id;
    const { body, status } = await app.nobody().post<Session>('/api/session', { demo: 'patrol', team });
    expect([status, body.team]).toEqual([200, team]);
    const unknown = await app.nobody().post<Refused>('/api/session', { demo: 'patrol', team: mint() });
    expect(unknown.body.error.code).toBe('team.unknown');
  });
});

describe('the scope of a handheld', () => {
  it('is its team: it joins that room, and no centre’s and no other team’s', async () => {
    const { person } = await handheldOf(first().id);
    const socket = await connected(person.socket());
    const joined = await ask<Joined>(socket, 'join', { protocol: 1, scope: first().id });
    if (!joined.ok) throw new Error(joined.error.code);
    const cards = joined.snapshot?.filter(({ kind }) => kind === 'team').map(({ id }) => id);
    expect(cards).toEqual([first().id]);
    for (const scope of [second().id, first().centre, counties[1]?.id, mint()])
      expect(await ask(socket, 'join', { protocol: 1, scope })).toMatchObject({
        ok: false,
        error: { code: 'centre.unknown' },
      });
    const said = await ask(socket, 'aside', { scope: first().id, topic: 'draft:1', data: {} });
    expect(said).toMatchObject({ ok: false, error: { code: 'role.denied' } });
    socket.disconnect();
  });

  it('is told what happens to its team, as it happens', async () => {
    const { person } = await handheldOf(first().id);
    const socket = await connected(person.socket());
    await ask(socket, 'join', { protocol: 1, scope: first().id });
    const news = once<{ entries: { id: string; card: TeamCard | null }[] }>(
      socket,
      'journal',
      ({ entries }) => entries.some(({ id, card }) => id === first().id && card?.tier === 5),
    );
    const { body } = await admin.get<Team>(`/api/teams/${first().id}`);
    await admin.ask('PATCH', `/api/teams/${body.id}`, { version: body.version, tier: 5 });
    expect((await news).entries).toHaveLength(1);
    socket.disconnect();
  });

  it('keeps to the own patrol over HTTP', async () => {
    const { person } = await handheldOf(first().id);
    const { body } = await person.post<Handheld>('/api/handheld', { device: mint() });
    expect(body.team).toMatchObject({ id: first().id, callSign: first().callSign });
    expect(body.home.id).toBe(first().centre);
    expect(body.shifts.every(({ team }) => team === first().id)).toBe(true);
    expect(body.visits.every(({ team }) => team === first().id)).toBe(true);
    expect((await person.get<List<Centre>>('/api/centres')).body.items).toEqual([]);
  });
});
