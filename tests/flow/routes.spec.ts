import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Centre, type Incident, TOKEN_SCOPES, type Token } from '@app/shared';
import { openApp, type Person, type RunningApp } from '../support/app.js';
import { mint } from '../support/facts.js';

// Who may knock at which route. `npm test` fails when a route has no row here, and when a row lets in anybody else.

const PEOPLE = ['display', 'duty', 'commander', 'staff', 'admin'] as const;
/** The handheld of a team. */
const PATROL = 'patrol';
const TOKENS = TOKEN_SCOPES.map((scope) => `token:${scope}` as const);
type Caller = 'nobody' | (typeof PEOPLE)[number] | typeof PATROL | (typeof TOKENS)[number];
const EVERYBODY: readonly Caller[] = ['nobody', ...PEOPLE, PATROL, ...TOKENS];
const READERS: readonly Caller[] = [...PEOPLE, 'token:read'];
const WORKERS: readonly Caller[] = ['duty', 'commander', 'staff'];
const ADMIN: readonly Caller[] = ['admin'];

const ROUTES: Readonly<Record<string, readonly Caller[]>> = {
  'GET /healthz': EVERYBODY,
  'GET /readyz': EVERYBODY,
  // Open on loopback; whoever shows a token shows the right one.
  'GET /metrics': ['nobody', ...PEOPLE, PATROL, 'token:metrics'],
  'GET /api/settings': EVERYBODY,
  'POST /api/setup': EVERYBODY,
  'POST /api/session': EVERYBODY,
  'GET /api/session': [...PEOPLE, PATROL],
  'GET /api/audit': ADMIN,
  'GET /api/accounts': ADMIN,
  'POST /api/accounts': ADMIN,
  'PATCH /api/accounts/{id}': ADMIN,
  'GET /api/tokens': ADMIN,
  'POST /api/tokens': ADMIN,
  'DELETE /api/tokens/{id}': ADMIN,
  'GET /api/centres': [...READERS, PATROL, 'token:report', 'token:import'],
  'GET /api/centres/directory': PEOPLE,
  'GET /api/centres/{id}': [...READERS, 'token:report', 'token:import'],
  'POST /api/centres': ADMIN,
  'PATCH /api/centres/{id}': ADMIN,
  'GET /api/clocks': PEOPLE,
  'POST /api/clocks': ADMIN,
  'GET /api/flow-rules': PEOPLE,
  'POST /api/flow-rules': ADMIN,
  'GET /api/calendars/{year}': PEOPLE,
  'POST /api/calendars': ADMIN,
  'GET /api/grids': READERS,
  'GET /api/key-sites': READERS,
  'GET /api/basemap': READERS,
  'GET /api/basemap/{file}': READERS,
  'GET /api/teams': [...READERS, 'token:import'],
  'GET /api/teams/{id}': [...READERS, 'token:import'],
  'POST /api/teams': ['commander', 'admin', 'token:import'],
  'PATCH /api/teams/{id}': ['duty', 'commander', 'admin', 'staff', PATROL],
  'GET /api/shifts': [...WORKERS, 'token:read'],
  'POST /api/shifts': WORKERS,
  'POST /api/shifts/{id}/{action}': WORKERS,
  'GET /api/shift-trades': WORKERS,
  'POST /api/shift-trades': WORKERS,
  'POST /api/shift-trades/{id}/{action}': WORKERS,
  'GET /api/sos': [...READERS, PATROL],
  'POST /api/sos': [...WORKERS, PATROL],
  'POST /api/sos/{id}/answer': WORKERS,
  'POST /api/sos/{id}/end': WORKERS,
  'GET /api/force-requests': WORKERS,
  'POST /api/force-requests': WORKERS,
  'POST /api/force-requests/{id}/{action}': WORKERS,
  'GET /api/force-releases': PEOPLE,
  'PATCH /api/force-releases/{force}': ADMIN,
  'GET /api/duty-levels': READERS,
  'GET /api/duty-levels/effect': READERS,
  'POST /api/duty-levels': ['commander'],
  'POST /api/duty-levels/{id}/lift': ['commander'],
  'PATCH /api/patrol-needs/{centre}': ['commander', 'admin'],
  'GET /api/visits': [...WORKERS, 'token:read'],
  'GET /api/visits/coverage': READERS,
  'POST /api/visits/{id}/{action}': [...WORKERS, PATROL],
  'POST /api/handheld': [PATROL],
  'POST /api/handheld/positions': [PATROL],
  'POST /api/check-ins': [PATROL],
  'GET /api/beats': READERS,
  'POST /api/beats': ['commander', 'admin', 'staff'],
  'PATCH /api/beats/{id}': ['commander', 'admin', 'staff'],
  'GET /api/checkpoints': READERS,
  'POST /api/checkpoints': ['commander', 'admin', 'staff'],
  'PATCH /api/checkpoints/{id}': ['commander', 'admin', 'staff'],
  'POST /api/checkpoints/{id}/code': ['commander', 'admin', 'staff'],
  'GET /api/patrol-features': READERS,
  'POST /api/patrol-features': ['commander', 'admin', 'staff'],
  'GET /api/patrol-plans': READERS,
  'POST /api/patrol-plans': ['commander', 'admin', 'staff'],
  'GET /api/devices': ['duty', 'commander', 'admin'],
  'POST /api/devices': ['commander', 'admin'],
  'DELETE /api/devices/{id}': ['commander', 'admin'],
  'POST /api/devices/{id}/rotate': ['commander', 'admin'],
  'POST /api/devices/list': ['commander', 'admin'],
  'GET /api/devices/{id}/messages': ['duty', 'commander', 'admin'],
  'POST /api/devices/{id}/messages': ['duty', 'commander', 'admin'],
  'POST /api/positions': ['duty', 'commander', 'admin', PATROL, 'token:positions', 'token:import'],
  'GET /api/tracks': READERS,
  'GET /api/figures': READERS,
  'POST /api/incidents': [...WORKERS, PATROL, 'token:report', 'token:import'],
  'GET /api/incidents': [...READERS, PATROL],
  'GET /api/incidents/duplicates': PEOPLE,
  'GET /api/incidents/{id}': [...READERS, PATROL],
  'POST /api/incidents/{id}/{action}': [...WORKERS, PATROL, 'token:import'],
  'GET /api/incidents/{id}/candidates': READERS,
  'GET /api/incidents/{id}/caller': WORKERS,
  'GET /api/incidents/{id}/evidence': WORKERS,
  'POST /api/incidents/{id}/evidence': [...WORKERS, PATROL],
  'GET /api/evidence/{id}': WORKERS,
  'GET /api/incidents/{id}/reports': WORKERS,
  'GET /api/places': WORKERS,
  'GET /api/reports': WORKERS,
  'POST /api/reports': WORKERS,
  'PATCH /api/reports/{id}': WORKERS,
  'POST /api/reports/{id}/send': WORKERS,
  'POST /api/reports/{id}/acknowledge': WORKERS,
  'GET /api/reports/{id}/file': WORKERS,
  'GET /api/filters': [...WORKERS, 'admin'],
  'POST /api/filters': [...WORKERS, 'admin'],
  'DELETE /api/filters/{id}': [...WORKERS, 'admin'],
  'GET /api/exports/incidents': [...WORKERS, 'admin'],
  'GET /api/exports/tracks': [...WORKERS, 'admin'],
  'GET /api/replay': [...WORKERS, 'admin'],
  'GET /api/alerts': READERS,
  'GET /api/alerts/{id}': READERS,
  'POST /api/alerts/{id}/{action}': WORKERS,
  // The liaison desk of the force that is asked, and nobody else.
  'POST /api/alerts/{id}/answer': [],
  'GET /api/deviation-rules': PEOPLE,
  'POST /api/deviation-rules': ADMIN,
  'GET /api/risk/method': READERS,
  'GET /api/duty-log': WORKERS,
  'POST /api/duty-log': WORKERS,
  'GET /api/duty-shifts': WORKERS,
  'GET /api/duty-shifts/{id}': WORKERS,
  'POST /api/duty-shifts': WORKERS,
  'POST /api/duty-shifts/{id}/{action}': WORKERS,
  'GET /api/instructions': WORKERS,
  'GET /api/instructions/{id}': WORKERS,
  'POST /api/instructions': WORKERS,
  'POST /api/instructions/{id}/{action}': WORKERS,
  'GET /api/action-cards': [...WORKERS, 'admin'],
  'GET /api/action-cards/{category}': [...WORKERS, 'admin'],
  'POST /api/action-cards/{category}': ADMIN,
  'GET /api/departments/{centre}': [...WORKERS, 'admin'],
  'POST /api/departments/{centre}': [...WORKERS, 'admin'],
  'GET /api/duty-equipment/{centre}': [...WORKERS, 'admin'],
  'POST /api/duty-equipment/{centre}': [...WORKERS, 'admin'],
  'GET /api/incidents/{id}/card': WORKERS,
  'POST /api/incidents/{id}/card/{item}': WORKERS,
  'POST /api/erasures': ['commander', 'admin'],
  'POST /api/drive': ['duty', 'commander', 'admin'],
  'POST /api/drill': ['duty', 'commander', 'admin'],
  'GET /api/journal': READERS,
  // Last: it ends the sessions of those who ask.
  'DELETE /api/session': EVERYBODY,
};
/** What the door itself answers to whoever may not come in. */
const SHUT = new Set(['session.required', 'role.denied', 'scope.denied', 'session.locked']);

let running: RunningApp;
let callers: Record<Caller, Person>;
let counties: Centre[];

beforeAll(async () => {
  running = await openApp();
  const admin = await running.signIn('admin');
  const { items } = (await admin.get<{ items: Centre[] }>('/api/centres')).body;
  counties = items.filter(({ parent }) => parent === items[0]?.id);
  const tokenOf = async (scope: string): Promise<Person> => {
    const draft = { name: scope, centre: items[0]?.id, scopes: [scope] };
    const { body } = await admin.post<Token & { secret: string }>('/api/tokens', draft);
    return running.withToken(body.secret);
  };
  const [display, duty, commander, staff, patrol, ...tokens] = await Promise.all([
    running.signIn('display'),
    running.signIn('duty'),
    running.signIn('commander'),
    running.signIn('county'),
    running.signIn('patrol'),
    ...TOKEN_SCOPES.map(tokenOf),
  ]);
  callers = {
    nobody: running.nobody(),
    display,
    duty,
    commander,
    staff,
    admin,
    patrol,
    ...(Object.fromEntries(TOKENS.map((name, i) => [name, tokens[i]])) as Record<
      (typeof TOKENS)[number],
      Person
    >),
  };
}, 120_000);
afterAll(() => running?.close());

/** A step that the flow of the subject has, where it is no incident's. */
const ACTION_OF: Readonly<Record<string, string>> = {
  alerts: 'acknowledge',
  'duty-shifts': 'sign',
  instructions: 'sign',
};

const pathOf = (route: string) =>
  route
    .replace('{id}', mint())
    .replace('{action}', ACTION_OF[route.split('/')[2] ?? ''] ?? 'accept')
    .replace('{centre}', mint())
    .replace('{file}', 'roads')
    .replace('{category}', 'traffic')
    .replace('{item}', 'where');

describe('the doors', () => {
  it('have a row each in this table, and no row is left over', async () => {
    const { body } = await running.nobody().get<{ paths: Record<string, object> }>('/api/openapi.json');
    const found = Object.entries(body.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(Object.keys(ROUTES).sort()).toEqual(found.sort());
  });

  it.each(Object.entries(ROUTES))('of %s open to those who may, and to nobody else', async (route, open) => {
    const [method = '', path = ''] = route.split(' ');
    const entered: Caller[] = [];
    for (const name of EVERYBODY) {
      const body = method === 'GET' || method === 'DELETE' ? undefined : {};
      const answer = await callers[name].ask<{ error?: { code: string } }>(method, pathOf(path), body);
      if (!SHUT.has(answer.body.error?.code ?? '')) entered.push(name);
      expect(answer.status).toBeLessThan(500);
    }
    expect(entered.sort()).toEqual([...open].sort());
  });
});

describe('what is another centre’s', () => {
  it('reads as unknown on every route that names it, for its sibling; its parent has it', async () => {
    const [own, sibling] = await Promise.all(
      counties.slice(0, 2).map(({ id }) => running.signIn('county', id)),
    );
    const parent = await running.signIn('duty');
    const anchor = counties[0]?.anchor;
    if (!own || !sibling || !anchor) throw new Error('two counties with a place');
    const report = { category: 'traffic', severity: 3, lng: anchor[0], lat: anchor[1], source: 'phone' };
    const { body, status } = await own.post<Incident>('/api/incidents', report);
    expect(status).toBe(201);
    const routes = [
      ['GET', `/api/incidents/${body.id}`],
      ['GET', `/api/incidents/${body.id}/candidates`],
      ['POST', `/api/incidents/${body.id}/accept`],
    ] as const;
    for (const [method, path] of routes) {
      const given = method === 'POST' ? { version: body.version } : undefined;
      expect([path, (await sibling.ask(method, path, given)).status]).toEqual([path, 404]);
    }
    for (const [method, path] of routes) {
      const given = method === 'POST' ? { version: body.version } : undefined;
      expect([path, (await parent.ask(method, path, given)).status]).toEqual([path, 200]);
    }
    const asked = `?centre=${counties[0]?.id}`;
    expect((await sibling.get(`/api/incidents${asked}`)).status).toBe(404);
    expect((await sibling.get(`/api/figures?scope=${counties[0]?.id}`)).status).toBe(404);
    expect((await sibling.get(`/api/journal?scope=${counties[0]?.id}`)).status).toBe(404);
    const listed = (await sibling.get<{ items: Incident[] }>('/api/incidents?limit=200')).body.items;
    expect(listed.map(({ id }) => id)).not.toContain(body.id);
  });
});
