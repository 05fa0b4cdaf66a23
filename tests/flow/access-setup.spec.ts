import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Account, Centre, Session, Settings } from '@app/shared';
import pg from 'pg';
import { SetupLink } from '../../server/src/access/setup-link.js';
import { openApp, Person, type RunningApp } from '../support/app.js';

interface Failure {
  readonly error: { readonly code: string };
}

const PASSWORD = 'Gobi-Wind-42';
const names = { hans: '示例市', hant: '示例市', en: 'Sample City' };
const levels = [
  { level: 'city', names: { hans: '市', hant: '市', en: 'City' } },
  { level: 'district', names: { hans: '区', hant: '區', en: 'District' } },
];
let running: RunningApp;
let client: pg.Client;

beforeAll(async () => {
  running = await openApp({ template: 'empty' });
  client = new pg.Client(running.databaseUrl);
  await client.connect();
}, 120_000);
afterAll(async () => {
  await client?.end();
  await running?.close();
});

describe('an empty installation without the demo', () => {
  it('has no way in but the link: no demo sign-in, no account', async () => {
    const demo = await running.nobody().post<Failure>('/api/session', { demo: 'admin' });
    expect([demo.status, demo.body.error.code]).toEqual([403, 'session.no-demo']);
    const settings = await running.nobody().get<Settings>('/api/settings');
    expect(settings.body.demo).toBe(false);
  });

  it('is set up once by the code of the link', async () => {
    const link = running.app.get(SetupLink);
    const [, code = ''] = /^\/signin\?setup=([\w-]{43})$/.exec(link.path ?? '') ?? [];
    const setup = {
      code,
      account: 'first-admin',
      password: PASSWORD,
      city: { names, level: 'city' },
      levels,
    };
    const ask = (body: object) => running.nobody().post<Account & Failure>('/api/setup', body);
    expect((await ask({ ...setup, code: 'x'.repeat(43) })).body.error.code).toBe('setup.refused');
    expect((await ask({ ...setup, password: 'weak' })).body.error.code).toBe('account.weak-password');
    expect((await ask({ ...setup, city: { names, level: 'galaxy' } })).body.error.code).toBe(
      'centre.illegal',
    );
    const [first, second] = await Promise.all([ask(setup), ask({ ...setup, account: 'second-admin' })]);
    expect([first.status, second.status].sort()).toEqual([201, 403]);
    expect(link.path).toBeNull();
    expect((await ask(setup)).body.error.code).toBe('setup.refused');
  });

  it('is then a city with its own levels and an administrator', async () => {
    const { rows } = await client.query<{ name: string }>('select name from account');
    const entered = await running
      .nobody()
      .post<Session>('/api/session', { account: rows[0]?.name, password: PASSWORD });
    expect(entered.body).toMatchObject({
      centre: { name: '示例市', level: 'city' },
      account: { role: 'admin' },
    });
    const cookie = entered.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const person = new Person(running.url, { cookie });
    const area = {
      type: 'Polygon',
      coordinates: [
        [
          [98, 39],
          [99, 39],
          [99, 40],
          [98, 40],
          [98, 39],
        ],
      ],
    };
    const draft = { parent: entered.body.centre.id, level: 'district', names, area };
    const { body } = await person.post<Centre>('/api/centres', draft);
    expect(body).toMatchObject({ bbox: [98, 39, 99, 40], anchor: [98.5, 39.5] });
    expect((await person.get<{ area: unknown }>(`/api/centres/${body.id}`)).body.area).toEqual(area);
    expect((await person.get<Settings>('/api/settings')).body.levels).toEqual(levels);
  });

  it('has written all of that into the audit, whose chain holds and cannot be rewritten', async () => {
    const broken = async () =>
      (await client.query<{ at: string | null }>('select audit_broken() as at')).rows[0]?.at;
    const { rows } = await client.query<{ action: string; outcome: string }>(
      'select * from audit order by seq',
    );
    expect(rows.map(({ action }) => action)).toEqual([
      'centre.created',
      'account.created',
      'session.opened',
      'centre.created',
    ]);
    expect(JSON.stringify(rows)).not.toMatch(/(first|second)-admin/);
    expect(await broken()).toBeNull();
    await expect(client.query("update audit set outcome = 'refused'")).rejects.toThrow(/only added to/);
    await expect(client.query('delete from audit')).rejects.toThrow(/only added to/);
    await client.query('set session_replication_role = replica');
    await client.query("update audit set outcome = 'refused' where seq = 2");
    expect(Number(await broken())).toBe(2);
    await client.query("update audit set outcome = 'done' where seq = 2");
    expect(await broken()).toBeNull();
    await client.query('delete from audit where seq = 4');
    expect(Number(await broken())).toBe(4);
  });
});

describe('the simulator', () => {
  it('signs in through the public door with its secret, and only in the demo', async () => {
    const env = { SIMULATOR_SECRET: 'a secret of this run' };
    const demo = await openApp({ env });
    const ask = { account: 'simulator', password: env.SIMULATOR_SECRET };
    try {
      expect((await demo.nobody().post<Session>('/api/session', ask)).body).toMatchObject({
        account: { role: 'duty', name: 'simulator' },
        demo: true,
      });
    } finally {
      await demo.close();
    }
    expect((await running.nobody().post('/api/session', ask)).status).toBe(401);
  });
});
