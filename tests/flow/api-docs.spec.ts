import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EQUIPMENT } from '@app/shared';
import { z } from 'zod';
import { openApp, type Person, type RunningApp } from '../support/app.js';
import { mint } from '../support/facts.js';

// What the API page says that routes answer, against what they answer.

type Schema = z.core.JSONSchema.JSONSchema;
type Told = Record<string, { content?: Record<string, { schema?: Schema }> }>;

let running: RunningApp;
let paths: Record<string, Record<string, { responses: Told }>>;
let admin: Person;
let duty: Person;
let ids: { centre: string; team: string; incident: string };

beforeAll(async () => {
  running = await openApp();
  paths = (await running.nobody().get<{ paths: typeof paths }>('/api/openapi.json')).body.paths;
  admin = await running.signIn('admin');
  duty = await running.signIn('duty');
  const first = async (path: string) =>
    (await duty.get<{ items: { id: string }[] }>(path)).body.items[0]?.id ?? '';
  const report = { category: 'traffic', severity: 3, lng: 98.2888, lat: 39.7721, source: 'phone' };
  const { body } = await duty.post<{ id: string }>('/api/incidents', report);
  ids = { centre: await first('/api/centres'), team: await first('/api/teams'), incident: body.id };
}, 120_000);
afterAll(() => running?.close());

/** The same schema without room for fields that it does not name. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const parts = Object.fromEntries(Object.entries(schema).map(([key, part]) => [key, closed(part)]));
  return 'properties' in parts ? { additionalProperties: false, ...parts } : parts;
}

function schemaOf(route: string, status: number): Schema | undefined {
  const [method = '', path = ''] = route.split(' ');
  const { content } = paths[path]?.[method.toLowerCase()]?.responses[status] ?? {};
  return content?.['application/json']?.schema;
}

const expectFit = (route: string, { status, body }: { status: number; body: unknown }) => {
  const schema = schemaOf(route, status);
  if (!schema)
    throw new Error(`${route} ${status}: no schema; answered ${JSON.stringify(body).slice(0, 300)}`);
  const fits = z.fromJSONSchema(closed(schema) as Schema).safeParse(body);
  expect({ route, faults: fits.error?.issues.slice(0, 3) }).toEqual({ route, faults: undefined });
};

describe('the API page', () => {
  it('says what every route answers, and how it refuses', () => {
    const silent = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, { responses }]) =>
        Object.entries(responses)
          .filter(([status, { content }]) => status !== '204' && !Object.values(content ?? {})[0]?.schema)
          .map(([status]) => `${method.toUpperCase()} ${path} ${status}`),
      ),
    );
    expect(silent).toEqual([]);
    for (const methods of Object.values(paths))
      for (const { responses } of Object.values(methods)) expect(responses).toHaveProperty('default');
  });

  it.each([
    '/healthz',
    '/readyz',
    '/api/settings',
    '/api/session',
    '/api/accounts',
    '/api/tokens',
    '/api/centres',
    '/api/centres/{id}',
    '/api/grids',
    '/api/key-sites',
    '/api/basemap',
    '/api/basemap/{file}',
    '/api/teams',
    '/api/teams/{id}',
    '/api/devices',
    '/api/tracks',
    '/api/figures',
    '/api/incidents',
    '/api/incidents/{id}',
    '/api/incidents/{id}/candidates',
    '/api/filters',
    '/api/incidents/{id}/reports',
    '/api/places',
    '/api/reports',
    '/api/incidents/{id}/evidence',
    '/api/alerts',
    '/api/risk/method',
    '/api/journal',
  ])('says what GET %s answers', async (path) => {
    const [, , kind] = path.split('/');
    const id = kind === 'centres' ? ids.centre : kind === 'teams' ? ids.team : ids.incident;
    const query = {
      '/api/places': '?q=a',
      '/api/tracks': `?team=${ids.team}&from=2026-10-01T00:00:00Z&to=2026-10-01T01:00:00Z`,
      '/api/journal': `?scope=${ids.centre}`,
    }[path];
    const asked = path.replace('{id}', id).replace('{file}', 'roads') + (query ?? '');
    expectFit(`GET ${path}`, await (/(evidence|places|reports)$/.test(path) ? duty : admin).get(asked));
  });

  it('says what comes of what is sent', async () => {
    const { centre, team, incident } = ids;
    const name = `probe-${mint().slice(-6)}`;
    const account = { name, password: 'A-long-enough-passw0rd', role: 'duty', centre };
    const made = await admin.post<{ id: string }>('/api/accounts', account);
    expectFit('POST /api/accounts', made);
    const change = { version: 1, otp: 'new' };
    expectFit('PATCH /api/accounts/{id}', await admin.ask('PATCH', `/api/accounts/${made.body.id}`, change));
    expectFit('POST /api/tokens', await admin.post('/api/tokens', { name, centre, scopes: ['read'] }));
    const device = await admin.post<{ id: string }>('/api/devices', { team });
    expectFit('POST /api/devices', device);
    const fix = { device: device.body.id, at: new Date().toISOString(), lng: 98.2888, lat: 39.7721 };
    const fixes = [fix, { ...fix, lng: 400 }];
    expectFit('POST /api/positions', await admin.post('/api/positions', fixes));
    const window = `from=${new Date(Date.now() - 60_000).toISOString()}&to=${new Date().toISOString()}`;
    expectFit('GET /api/tracks', await admin.get(`/api/tracks?team=${team}&${window}`));
    const filter = { name, shared: false, query: { open: 'any' } };
    expectFit('POST /api/filters', await duty.post('/api/filters', filter));
    const step = await duty.post(`/api/incidents/${incident}/accept`, { version: 1 });
    expectFit('POST /api/incidents/{id}/{action}', step);
    expectFit('GET /api/incidents/{id}', await duty.get(`/api/incidents/${incident}`));
    expectFit('POST /api/session', await running.nobody().post('/api/session', { demo: 'duty' }));
  });

  it('says what a duty desk answers', async () => {
    const { incident } = ids;
    const note = { kind: 'note', text: 'a line', incident };
    expectFit('POST /api/duty-log', await duty.post('/api/duty-log', note));
    expectFit('GET /api/duty-log', await duty.get('/api/duty-log'));
    const shift = await duty.post<{ id: string; version: number }>('/api/duty-shifts', {});
    expectFit('POST /api/duty-shifts', shift);
    const { id, version } = shift.body;
    const equipment = EQUIPMENT.map((key) => ({ key, ok: key !== 'radio' }));
    const signed = await duty.post(`/api/duty-shifts/${id}/sign`, { version, equipment });
    expectFit('POST /api/duty-shifts/{id}/{action}', signed);
    expectFit('GET /api/duty-shifts/{id}', await duty.get(`/api/duty-shifts/${id}`));
    expectFit('GET /api/duty-shifts', await duty.get('/api/duty-shifts'));
    const centres = (await duty.get<{ items: { id: string; parent: string | null }[] }>('/api/centres')).body;
    const to = centres.items.filter(({ parent }) => parent === ids.centre).map((centre) => centre.id);
    const dueAt = new Date(Date.now() + 3_600_000).toISOString();
    const order = { to, text: 'a word', dueAt, urgent: true };
    const sent = await duty.post<{ items: { id: string }[] }>('/api/instructions', order);
    expectFit('POST /api/instructions', sent);
    const path = `/api/instructions/${sent.body.items[0]?.id}`;
    const undo = { version: 1, text: 'by mistake' };
    expectFit('POST /api/instructions/{id}/{action}', await duty.post(`${path}/withdraw`, undo));
    expectFit('GET /api/instructions/{id}', await duty.get(path));
    expectFit('GET /api/instructions', await duty.get('/api/instructions?box=sent'));
    expectFit('GET /api/action-cards', await duty.get('/api/action-cards'));
    const cards = await admin.get<{ items: { version: number; items: object[] }[] }>(
      '/api/action-cards/traffic',
    );
    expectFit('GET /api/action-cards/{category}', cards);
    const [card] = cards.body.items;
    const change = { version: card?.version, items: card?.items };
    expectFit('POST /api/action-cards/{category}', await admin.post('/api/action-cards/traffic', change));
    const list = `/api/incidents/${incident}/card`;
    expectFit('GET /api/incidents/{id}/card', await duty.get(list));
    expectFit('POST /api/incidents/{id}/card/{item}', await duty.post(`${list}/where`, { done: true }));
  });

  it('says how a request is refused', async () => {
    const { body } = await duty.get(`/api/incidents/${mint()}`);
    const { content } = paths['/api/incidents/{id}']?.['get']?.responses['default'] ?? {};
    const schema = content?.['application/json']?.schema ?? false;
    expect(z.fromJSONSchema(schema).safeParse(body).error).toBeUndefined();
    expect(z.fromJSONSchema(schema).safeParse({ error: { code: 'unheard-of' } }).success).toBe(false);
  });
});
