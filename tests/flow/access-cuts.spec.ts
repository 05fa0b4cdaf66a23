import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Account, Centre, Session, Token } from '@app/shared';
import pg from 'pg';
import { Access } from '../../server/src/access/access.js';
import type { CutReason } from '../../server/src/access/cut-feed.schedule.js';
import { Purge } from '../../server/src/access/purge.schedule.js';
import { Clock } from '../../server/src/platform/clock.js';
import { Log } from '../../server/src/platform/log.js';
import { openApp, Person, type RunningApp } from '../support/app.js';

const PASSWORD = 'Gobi-Wind-42';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let running: RunningApp;
let admin: Person;
let root: Centre;
let below: Centre;
let ahead = 0;
let told: { credential: string; reason: CutReason }[] = [];
let listeners: (() => void)[] = [];

/** Waits until a cut was told; the feed asks each second. */
async function cut(reason: CutReason, credential?: string): Promise<string> {
  for (;;) {
    const found = told.find((it) => it.reason === reason && (credential ?? it.credential) === it.credential);
    if (found) return found.credential;
    await new Promise<void>((resolve) => listeners.push(resolve));
  }
}

async function enter(name: string): Promise<{ person: Person; id: string; version: number }> {
  const draft = { name, password: PASSWORD, role: 'duty', centre: root.id };
  const { body } = await admin.post<Account>('/api/accounts', draft);
  const answer = await running.nobody().post('/api/session', { account: name, password: PASSWORD });
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  return { person: new Person(running.url, { cookie }), id: body.id, version: body.version };
}
const change = (id: string, body: object) => admin.ask('PATCH', `/api/accounts/${id}`, body);

beforeAll(async () => {
  running = await openApp();
  const clock = running.app.get(Clock);
  clock.now = () => Date.now() + ahead;
  running.app.get(Access).onCut((credential, reason) => {
    told.push({ credential, reason });
    for (const wake of listeners.splice(0)) wake();
  });
  admin = await running.signIn('admin');
  const { body } = await admin.get<{ items: Centre[] }>('/api/centres');
  const [first, second] = body.items;
  if (!first || !second) throw new Error('no city');
  [root, below] = [first, second];
}, 120_000);
afterAll(() => running?.close());
beforeEach(() => {
  told = [];
  listeners = [];
});

describe('what is cut', () => {
  it('is a session that signs out', async () => {
    const { person } = await enter('cut-one');
    await person.ask('DELETE', '/api/session');
    await cut('signed-out');
    expect(told).toHaveLength(1);
  });

  it('is every session of a disabled account, and one whose role or centre changed', async () => {
    const { id } = await enter('cut-two');
    await change(id, { version: 1, centre: below.id });
    const credential = await cut('rescoped');
    await change(id, { version: 2, disabled: true });
    expect(await cut('signed-out', credential)).toBe(credential);
  });

  it('is a token that is revoked or past its end', async () => {
    const issue = async (more: object) =>
      (
        await admin.post<Token & { secret: string }>('/api/tokens', {
          name: 'probe',
          centre: root.id,
          scopes: ['read'],
          ...more,
        })
      ).body;
    const revoked = await issue({});
    await admin.ask('DELETE', `/api/tokens/${revoked.id}`);
    await cut('signed-out', revoked.id);
    const ending = await issue({ expiresAt: new Date(Date.now() + ahead + 500).toISOString() });
    await cut('signed-out', ending.id);
    expect((await running.withToken(ending.secret).get('/api/centres')).status).toBe(401);
  });

  it('is told again after PostgreSQL was away, with one line of the log for each turn', async () => {
    const { person } = await enter('cut-three');
    const lines: string[] = [];
    const log = running.app.get(Log);
    const [error, info] = [log.error.bind(log), log.info.bind(log)];
    const heard = (event: string) => {
      lines.push(event);
      for (const wake of listeners.splice(0)) wake();
    };
    log.error = (event, fields) => (heard(event), error(event, fields));
    log.info = (event, fields) => (heard(event), info(event, fields));
    const line = async (event: string) => {
      while (!lines.includes(event)) await new Promise<void>((resolve) => listeners.push(resolve));
    };
    const name = new URL(running.databaseUrl).pathname.slice(1);
    const cluster = new pg.Client(process.env['TEST_CLUSTER_URL']);
    await cluster.connect();
    try {
      await cluster.query(`alter database ${name} allow_connections false`);
      await cluster.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
        name,
      ]);
      await line('access.cuts-unconfirmed');
      await cluster.query(`alter database ${name} allow_connections true`);
      await line('access.cuts-confirmed');
    } finally {
      await cluster.end();
      [log.error, log.info] = [error, info];
    }
    expect((await person.ask('DELETE', '/api/session')).status).toBe(204);
    await cut('signed-out');
    expect(lines.filter((event) => event.startsWith('access.cuts'))).toHaveLength(2);
  });
});

describe('a session that nobody attends to', () => {
  it('locks its commands, leaves the picture, and goes on with the password', async () => {
    const { person } = await enter('idle-one');
    ahead += 20 * MINUTE;
    expect((await person.get('/api/session')).status).toBe(200);
    ahead += 11 * MINUTE;
    expect((await person.get<Session>('/api/session')).body.locked).toBe(true);
    await cut('locked');
    expect((await person.get('/api/centres')).status).toBe(200);
    const refused = await person.post<{ error: { code: string } }>('/api/incidents', {});
    expect([refused.status, refused.body.error.code]).toEqual([423, 'session.locked']);
    const answer = await person.post<Session>('/api/session', { account: 'idle-one', password: PASSWORD });
    expect(answer.body.locked).toBe(false);
    expect(answer.headers.getSetCookie()[0]).toContain(person.headers['cookie'] ?? 'no cookie');
    expect((await person.post('/api/incidents', {})).status).toBe(400);
  });

  it('stays open while a person is there, who only looks', async () => {
    const { person } = await enter('idle-two');
    for (let i = 0; i < 4; i++) {
      ahead += 20 * MINUTE;
      await person.ask('GET', '/api/centres', undefined, { 'x-attended': '1' });
    }
    expect((await person.get<Session>('/api/session')).body.locked).toBe(false);
  });

  it('ends twelve hours after the sign-in, attended or not', async () => {
    const { person } = await enter('idle-three');
    ahead += 12 * HOUR;
    expect((await person.get('/api/session')).status).toBe(401);
    await cut('signed-out');
  });

  it('never ends a display that is used, and gives its browser a new date', async () => {
    const display = await running.signIn('display');
    ahead += 48 * HOUR;
    const answer = await display.get<Session>('/api/session');
    expect(answer.body.locked).toBe(false);
    expect(answer.headers.getSetCookie()[0]).toMatch(/Max-Age=34560000;/);
    expect((await display.get('/api/session')).headers.getSetCookie()).toHaveLength(0);
  });

  it('is forgotten a month after its end, and kept answers after a day', async () => {
    admin = await running.signIn('admin');
    await enter('idle-four');
    await admin.post(
      '/api/accounts',
      { name: 'idle-five', password: PASSWORD, role: 'duty', centre: root.id },
      { 'idempotency-key': 'once' },
    );
    const count = async (table: string) => {
      const client = new pg.Client(running.databaseUrl);
      await client.connect();
      const { rows } = await client.query<{ n: number }>(
        `select count(*)::int as n from ${table} where ${WHERE[table]}`,
      );
      await client.end();
      return rows[0]?.n;
    };
    expect(await count('idempotency')).toBe(1);
    ahead += 25 * HOUR;
    await running.app.get(Purge).run();
    expect([await count('idempotency'), await count('session')]).toEqual([0, 1]);
    ahead += 31 * 24 * HOUR;
    await running.app.get(Purge).run();
    expect(await count('session')).toBe(0);
  });
});

const WHERE: Record<string, string> = {
  idempotency: "key = 'once'",
  session: "account = (select id from account where name = 'idle-four')",
};
