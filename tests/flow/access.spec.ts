import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Agent } from 'node:http';
import type { Account, Centre, Session, Settings, Token } from '@app/shared';
import { io } from 'socket.io-client';
import { connected, openApp, type Person, Person as Asker, type RunningApp } from '../support/app.js';

interface Failure {
  readonly error: { readonly code: string; readonly detail: Record<string, unknown> };
}
interface List<T> {
  readonly items: T[];
  readonly next: string | null;
}

const PASSWORD = 'Gobi-Wind-42';

let running: RunningApp;
let admin: Person;
let root: Centre;
let county: Centre;
let sibling: Centre;

const account = async (name: string, more: object = {}) => {
  const draft = { name, password: PASSWORD, role: 'duty', centre: root.id, ...more };
  const { body, status } = await admin.post<Account>('/api/accounts', draft);
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body;
};
const enter = (name: string, password = PASSWORD, more: object = {}, as = running.nobody()) =>
  as.post<Session & Failure>('/api/session', { account: name, password, ...more });
const personOf = (answer: { headers: Headers }) => {
  const [cookie] = answer.headers.getSetCookie();
  return new Asker(running.url, { cookie: cookie?.split(';')[0] ?? '' });
};
const token = async (scopes: string[], centre = root.id) => {
  const { body } = await admin.post<Token & { secret: string }>('/api/tokens', {
    name: 'probe',
    centre,
    scopes,
  });
  return body;
};

beforeAll(async () => {
  running = await openApp();
  admin = await running.signIn('admin');
  const { body } = await admin.get<List<Centre>>('/api/centres');
  const [first, ...rest] = body.items;
  const below = rest.filter(({ parent }) => parent === first?.id);
  if (!first || !below[0] || !below[1]) throw new Error('the demo city has two centres below its root');
  [root, county, sibling] = [first, below[0], below[1]];
}, 120_000);
afterAll(() => running?.close());

describe('settings', () => {
  it('are told to nobody in particular', async () => {
    const { status, body } = await running.nobody().get<Settings>('/api/settings');
    expect(status).toBe(200);
    expect(body).toMatchObject({ engine: 'maplibre', demo: true, timeZone: 'Asia/Shanghai' });
    expect(body.levels.length).toBeGreaterThanOrEqual(2);
    expect(body.version).toMatch(/^\d+\.\d+\.\d+/);
    expect(body.mapboxToken).toBeUndefined();
  });
});

describe('a session', () => {
  it('is required', async () => {
    const { status, body } = await running.nobody().get<Failure>('/api/centres');
    expect([status, body.error.code]).toEqual([401, 'session.required']);
  });

  it('begins with a password and ends with DELETE', async () => {
    await account('first');
    const answer = await enter('first');
    expect(answer.status).toBe(200);
    expect(answer.headers.getSetCookie()[0]).toMatch(
      /^xg_session=[\w-]{43}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict$/,
    );
    expect(answer.body).toMatchObject({
      account: { name: 'first', role: 'duty' },
      demo: false,
      locked: false,
    });
    const person = personOf(answer);
    expect((await person.get('/api/session')).status).toBe(200);
    expect((await person.ask('DELETE', '/api/session')).status).toBe(204);
    expect((await person.get('/api/session')).status).toBe(401);
  });

  it('carries Secure when the browser came over TLS through a proxy that is trusted', async () => {
    const behind = await openApp({ env: { TRUST_PROXY: 'loopback' } });
    try {
      const forwarded = {
        'x-forwarded-proto': 'https',
        'x-forwarded-host': 'ops.example',
        origin: 'https://ops.example',
      };
      const answer = await behind.nobody().post('/api/session', { demo: 'duty' }, forwarded);
      expect(answer.headers.getSetCookie()[0]).toMatch(/; Secure$/);
    } finally {
      await behind.close();
    }
  });

  it('opens a socket for the host that a trusted proxy forwards, and for no host that somebody else writes', async () => {
    const behind = await openApp({ env: { TRUST_PROXY: '127.0.0.1' } });
    try {
      const person = await behind.signIn('duty');
      const openFrom = (localAddress: string) =>
        connected(
          io(`${behind.url}/live`, {
            transports: ['websocket'],
            forceNew: true,
            reconnection: false,
            // Its types know of a browser's way alone; in Node it is what a request is made with.
            agent: new Agent({ localAddress }) as unknown as string,
            extraHeaders: {
              ...person.headers,
              origin: 'https://ops.example',
              'x-forwarded-host': 'ops.example',
            },
          }),
        );
      (await openFrom('127.0.0.1')).disconnect();
      await expect(openFrom('127.0.0.2')).rejects.toMatchObject({ message: 'request.foreign-origin' });
    } finally {
      await behind.close();
    }
  });

  it('refuses a wrong password and an unknown account in the same words', async () => {
    await account('second');
    const wrong = await enter('second', 'Wrong-Wind-42');
    const unknown = await enter('nobody-here', 'Wrong-Wind-42');
    expect([wrong.status, wrong.body.error]).toEqual([
      401,
      expect.objectContaining({ code: 'session.refused' }),
    ]);
    expect({ ...unknown.body.error, requestId: '' }).toEqual({ ...wrong.body.error, requestId: '' });
  });

  it('locks a name after five failures, also for the right password and also a name that nobody has', async () => {
    await account('third');
    for (const name of ['third', 'third-who-is-not']) {
      for (let i = 0; i < 5; i++) expect((await enter(name, `Wrong-Wind-${i}`)).status).toBe(401);
      const locked = await enter(name);
      expect([locked.status, locked.body.error.code]).toEqual([429, 'session.locked-out']);
    }
    const { body } = await admin.get<List<Account>>('/api/accounts?limit=200');
    const third = body.items.find(({ name }) => name === 'third');
    await admin.ask('PATCH', `/api/accounts/${third?.id}`, { version: third?.version, unlock: true });
    expect((await enter('third')).status).toBe(200);
  });

  it('counts guesses that come at once one by one', async () => {
    await account('fourth');
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) => enter('fourth', `Wrong-Wind-${i}`)),
    );
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(7);
  });

  it('is asked for with an Origin of our own when it changes something', async () => {
    const person = await running.signIn('duty');
    for (const origin of ['https://elsewhere.example', 'null', `${running.url}.evil.example`]) {
      const { status, body } = await person.ask<Failure>('DELETE', '/api/session', undefined, { origin });
      expect([status, body.error.code]).toEqual([403, 'request.foreign-origin']);
    }
    const silent = await fetch(`${running.url}/api/session`, { method: 'DELETE', headers: person.headers });
    expect(silent.status).toBe(403);
    expect((await person.get('/api/session')).status).toBe(200);
  });

  it('does not let a stranger set X-Forwarded-Host', async () => {
    const person = await running.signIn('duty');
    const headers = { origin: 'https://elsewhere.example', 'x-forwarded-host': 'elsewhere.example' };
    expect((await person.ask('DELETE', '/api/session', undefined, headers)).status).toBe(403);
  });

  it('wants the second factor where there is one, and takes no code twice', async () => {
    const { id } = await account('fifth');
    const change = { version: 1, otp: 'new' };
    const changed = await admin.ask<{ otp: { secret: string; uri: string } }>(
      'PATCH',
      `/api/accounts/${id}`,
      change,
    );
    expect(changed.body.otp.uri).toContain(`secret=${changed.body.otp.secret}`);
    const { fromBase32, totp } = await import('../../server/src/access/totp.rules.js');
    const otp = totp(fromBase32(changed.body.otp.secret), Math.floor(Date.now() / 30_000));
    const half = await enter('fifth');
    expect([half.status, half.body.error.detail]).toEqual([401, { wanted: 'otp' }]);
    expect((await enter('fifth', PASSWORD, { otp: otp === '000000' ? '111111' : '000000' })).status).toBe(
      401,
    );
    expect((await enter('fifth', PASSWORD, { otp })).status).toBe(200);
    expect((await enter('fifth', PASSWORD, { otp })).status).toBe(401);
  });
});

describe('the demo', () => {
  it('stands at the city, and at each of the levels below', async () => {
    const { body } = await admin.get<Session>('/api/session');
    expect(body).toMatchObject({ centre: { id: root.id }, demo: true, account: { role: 'admin' } });
    const preset = await (await running.signIn('county')).get<Session>('/api/session');
    expect(preset.body).toMatchObject({ centre: { name: '雄关街道' }, account: { role: 'staff' } });
    const named = await (await running.signIn('county', sibling.id)).get<Session>('/api/session');
    expect(named.body.centre.id).toBe(sibling.id);
    const levels: string[] = [];
    for (const demo of ['duty', 'county', 'town', 'community'] as const)
      levels.push((await (await running.signIn(demo)).get<Session>('/api/session')).body.centre.level);
    expect(levels).toEqual(['city', 'county', 'town', 'community']);
    const wrong = await running.nobody().post<Failure>('/api/session', { demo: 'county', centre: root.id });
    expect([wrong.status, wrong.body.error.code]).toEqual([404, 'centre.unknown']);
  });

  it('lets a display look and nothing else, for 400 days', async () => {
    const display = await running.signIn('display');
    expect((await display.get('/api/centres')).status).toBe(200);
    const { status, body } = await display.post<Failure>('/api/centres', {});
    expect([status, body.error.code]).toEqual([403, 'role.denied']);
    const me = await display.get<Session>('/api/session');
    expect(Date.parse(me.body.expiresAt) - Date.now()).toBeGreaterThan(399 * 86_400_000);
  });
});

describe('the tree', () => {
  it('is the own subtree with the lineage above as bare rows, parents first', async () => {
    const person = await running.signIn('county', county.id);
    const { body } = await person.get<List<Centre>>('/api/centres');
    const seen = new Set<string>();
    for (const { id, parent } of body.items) {
      if (parent !== null) expect(seen).toContain(parent);
      seen.add(id);
    }
    expect(body.items[0]).toMatchObject({ id: root.id, bbox: null });
    expect(seen).toContain(county.id);
    expect(seen).not.toContain(sibling.id);
  });

  it('tells a centre with its geometry, and of a sibling as of nothing', async () => {
    const person = await running.signIn('county', county.id);
    const own = await person.get<{ area: { type: string } }>(`/api/centres/${county.id}`);
    expect(own.body.area.type).toMatch(/Polygon$/);
    const other = await person.get<Failure>(`/api/centres/${sibling.id}`);
    const unknown = await person.get<Failure>('/api/centres/00000000-0000-7000-8000-000000000000');
    expect([other.status, other.body.error.code]).toEqual([404, 'centre.unknown']);
    expect([unknown.status, unknown.body.error.code]).toEqual([404, 'centre.unknown']);
  });
});

describe('a token', () => {
  it('may do what its scopes say, without an Origin, until it is revoked', async () => {
    const { id, secret } = await token(['read']);
    expect(secret).toMatch(/^xg_[\w-]{43}$/);
    const partner = running.withToken(secret);
    expect((await partner.get('/api/centres')).status).toBe(200);
    const { status, body } = await partner.get<Failure>('/api/accounts');
    expect([status, body.error.code]).toEqual([403, 'scope.denied']);
    expect((await admin.ask('DELETE', `/api/tokens/${id}`)).status).toBe(204);
    expect((await partner.get('/api/centres')).status).toBe(401);
  });

  it('is never listed with its secret or hash', async () => {
    const { secret } = await token(['report']);
    const { body } = await admin.get<List<Token>>('/api/tokens');
    expect(JSON.stringify(body)).not.toContain(secret);
    expect(Object.keys(body.items[0] ?? {})).not.toContain('secretHash');
  });

  it('opens the metrics to whoever is not on this machine', async () => {
    const forwarded = { 'x-forwarded-for': '203.0.113.7' };
    const { secret } = await token(['metrics']);
    const ask = (headers: Record<string, string>) => fetch(`${running.url}/metrics`, { headers });
    expect((await ask({})).status).toBe(200);
    expect((await ask(forwarded)).status).toBe(401);
    const text = await (await ask({ ...forwarded, authorization: `Bearer ${secret}` })).text();
    expect(text).toContain('xiongguan_sign_ins_refused_total{code="session.refused"}');
  });
});

describe('accounts', () => {
  it('are made and changed within the own subtree alone', async () => {
    await account('county-admin', { role: 'admin', centre: county.id });
    const below = personOf(await enter('county-admin'));
    const draft = { name: 'helper', password: PASSWORD, role: 'staff', centre: sibling.id };
    const outside = await below.post<Failure>('/api/accounts', draft);
    expect([outside.status, outside.body.error.code]).toEqual([404, 'centre.unknown']);
    expect((await below.post('/api/accounts', { ...draft, centre: county.id })).status).toBe(201);
    const above = await account('above');
    const foreign = await below.ask<Failure>('PATCH', `/api/accounts/${above.id}`, {
      version: 1,
      disabled: true,
    });
    expect([foreign.status, foreign.body.error.code]).toEqual([404, 'account.unknown']);
    const { body } = await below.get<List<Account>>('/api/accounts');
    expect(body.items.map(({ centre }) => centre)).not.toContain(root.id);
  });

  it('refuse weak passwords, names in use, stale versions, unknown fields', async () => {
    const { id } = await account('sixth');
    const draft = { name: 'seventh', password: PASSWORD, role: 'duty', centre: root.id };
    const codeOf = async (answer: Promise<{ body: Failure }>) => (await answer).body.error.code;
    expect(await codeOf(admin.post('/api/accounts', { ...draft, password: 'short' }))).toBe(
      'account.weak-password',
    );
    expect(await codeOf(admin.post('/api/accounts', { ...draft, name: 'sixth' }))).toBe('account.taken');
    expect(await codeOf(admin.post('/api/accounts', { ...draft, phone: '1' }))).toBe('request.unknown-field');
    expect(await codeOf(admin.ask('PATCH', `/api/accounts/${id}`, { version: 9, role: 'staff' }))).toBe(
      'account.stale',
    );
    const me = (await admin.get<Session>('/api/session')).body.account.id;
    expect(await codeOf(admin.ask('PATCH', `/api/accounts/${me}`, { version: 1, role: 'staff' }))).toBe(
      'account.own',
    );
  });

  it('answer the same request with the same answer, also at once, and another body with 422', async () => {
    const draft = { name: 'eighth', password: PASSWORD, role: 'duty', centre: root.id };
    const key = { 'idempotency-key': 'eighth-once' };
    const answers = await Promise.all([1, 2, 3].map(() => admin.post<Account>('/api/accounts', draft, key)));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    const other = await admin.post<Failure>('/api/accounts', { ...draft, role: 'staff' }, key);
    expect([other.status, other.body.error.code]).toEqual([422, 'idempotency.mismatch']);
    const malformed = await admin.post<Failure>('/api/accounts', draft, {
      'idempotency-key': 'x'.repeat(201),
    });
    expect([malformed.status, malformed.body.error.code]).toEqual([400, 'request.malformed']);
  });

  it('keep no refusal: the same key works once the reason is gone', async () => {
    const draft = { name: 'ninth', password: 'weak', role: 'duty', centre: root.id };
    const key = { 'idempotency-key': 'ninth-once' };
    expect((await admin.post('/api/accounts', draft, key)).status).toBe(400);
    expect((await admin.post('/api/accounts', { ...draft, password: PASSWORD }, key)).status).toBe(201);
  });

  it('end their sessions when they are disabled or get a new password', async () => {
    const { id } = await account('tenth');
    const before = personOf(await enter('tenth'));
    await admin.ask('PATCH', `/api/accounts/${id}`, { version: 1, password: 'Other-Wind-42' });
    expect((await before.get('/api/session')).status).toBe(401);
    const after = personOf(await enter('tenth', 'Other-Wind-42'));
    await admin.ask('PATCH', `/api/accounts/${id}`, { version: 2, disabled: true });
    expect((await after.get('/api/session')).status).toBe(401);
    expect((await enter('tenth', 'Other-Wind-42')).status).toBe(401);
  });
});
