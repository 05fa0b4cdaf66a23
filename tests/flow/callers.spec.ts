import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Centre, Incident, IncidentItem } from '@app/shared';
import { ErasureSchedule } from '../../server/src/incidents/erasure.schedule.js';
import { Database } from '../../server/src/platform/database.js';
import { Leader } from '../../server/src/platform/leader.js';
import { openApp, type Person, type RunningApp } from '../support/app.js';
import { fireIn } from '../support/fire.js';

type Refused = { error: { code: string } };

const PHONE = '139 0937 1234';
const REPORT = { category: 'traffic', severity: 4, source: 'phone', callerPhone: PHONE };

let running: RunningApp;
let directory: string;
let own: Person;
let sibling: Person;
let anchor: readonly number[];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'callers-'));
  running = await openApp({ env: { DATA_DIR: directory } });
  const duty = await running.signIn('duty');
  const { items } = (await duty.get<{ items: Centre[] }>('/api/centres')).body;
  const [first, second] = items.filter(({ level }) => level === 'county');
  if (!first?.anchor || !second) throw new Error('two counties with a place');
  anchor = first.anchor;
  own = await running.signIn('county', first.id);
  sibling = await running.signIn('county', second.id);
}, 120_000);
afterAll(async () => {
  await running?.close();
  await rm(directory, { recursive: true, force: true });
});

async function reported(extra: object = {}, by: Person = own, key?: string): Promise<Incident> {
  const [lng, lat] = anchor;
  const headers = key === undefined ? {} : { 'idempotency-key': key };
  const { body, status } = await by.post<Incident>(
    '/api/incidents',
    { ...REPORT, lng, lat, ...extra },
    headers,
  );
  expect(status).toBe(201);
  return body;
}

const asked = (id: string, by: Person = own) =>
  by.get<{ phone?: string } & Partial<Refused>>(`/api/incidents/${id}/caller`);

/** Every row of every table, as text. */
async function everything(): Promise<string> {
  const database = running.app.get(Database);
  const tables = await database.query<{ name: string }>(
    `select quote_ident(relname) as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
  );
  const rows: string[] = [];
  for (const { name } of tables)
    rows.push(JSON.stringify(await database.query(`select t::text as row from ${name} t`)));
  return rows.join('\n');
}

describe('a caller’s number', () => {
  it('is told to whoever handles the incident, and each telling is in the audit', async () => {
    const { id } = await reported();
    expect((await asked(id)).body).toEqual({ phone: PHONE });
    expect((await asked(id, sibling)).status).toBe(404);
    expect((await asked(id, await running.signIn('display'))).status).toBe(403);
    expect((await asked((await reported({ callerPhone: undefined })).id)).body.error?.code).toBe(
      'caller.unknown',
    );
    const lines = await running.app
      .get(Database)
      .query('select outcome from audit where action = $1 and subject = $2', [
        'caller.read',
        `incident:${id}`,
      ]);
    expect(lines).toEqual([{ outcome: 'done' }]);
  });

  it('is announced to whoever may have it told, and to nobody where none was told or it is erased', async () => {
    const told = await reported();
    const announced = async (id: string, by = own) =>
      (await by.get<Incident>(`/api/incidents/${id}`)).body.hasCaller;
    expect(told.hasCaller).toBe(true);
    expect(await announced(told.id)).toBe(true);
    expect(await announced(told.id, await running.signIn('display'))).toBeUndefined();
    expect(await announced((await reported({ callerPhone: undefined })).id)).toBeUndefined();
    await running.app.get(Database).query('delete from incident_caller where incident = $1', [told.id]);
    expect(await announced(told.id)).toBeUndefined();
  });

  it('is in no table, answer, list, search or picture in clear', async () => {
    const { id } = await reported({}, own, 'with-a-number');
    const one = JSON.stringify((await own.get(`/api/incidents/${id}`)).body);
    const list = JSON.stringify((await own.get('/api/incidents?limit=200')).body);
    const found = (await own.get<{ items: IncidentItem[] }>('/api/incidents?q=1234')).body.items;
    expect(`${one}${list}`).not.toMatch(/0937 1234|callerPhone/);
    expect(found.map((item) => item.id)).not.toContain(id);
    expect(await everything()).not.toMatch(/139 0937 1234|13909371234/);
    expect((await stat(join(directory, 'caller-keys'))).mode & 0o777).toBe(0o600);
  });

  it.each(['abc', '12', '+86 139 0937 1234 ext 5', `1${'0'.repeat(40)}`])(
    'of %j is refused',
    async (callerPhone) => {
      const [lng, lat] = anchor;
      const answer = await own.post<Refused>('/api/incidents', { ...REPORT, lng, lat, callerPhone });
      expect([answer.status, answer.body.error.code]).toEqual([400, 'request.malformed']);
    },
  );

  it('is erased so many days after the end, the free text later, and neither while it is open again or before', async () => {
    const told = await reported({ description: '电线杆倾斜' });
    const step = { version: told.version, reason: '重复来电核实无事' };
    await own.post(`/api/incidents/${told.id}/reject`, step);
    const fireAfter = (days: number) => fireIn(running, days * 86_400_000 + 1000);
    await fireAfter(29);
    expect((await asked(told.id)).body).toEqual({ phone: PHONE });
    await fireAfter(30);
    expect((await asked(told.id)).body.error?.code).toBe('caller.unknown');
    const read = async () => (await own.get<Incident>(`/api/incidents/${told.id}`)).body;
    expect((await read()).description).toBe('电线杆倾斜');
    await fireAfter(400);
    const after = await read();
    expect([after.description, after.timeline.at(-1)?.reason, after.status]).toEqual([
      null,
      null,
      'rejected',
    ]);
    expect((await own.get<{ items: IncidentItem[] }>('/api/incidents?q=电线杆')).body.items).toEqual([]);
  });
});

describe('the keys', () => {
  const key = () => randomBytes(32).toString('base64');

  it('turn over: what the old one sealed is opened, and sealed anew by the leader', async () => {
    const [first, second] = [`old:${key()}`, `new:${key()}`];
    const before = await openApp({ env: { CALLER_KEYS: first } });
    const { databaseUrl } = before;
    const by = await before.signIn('duty');
    const { id } = await reported({}, by);
    await before.app.close();
    const after = await openApp({ databaseUrl, env: { CALLER_KEYS: `${second},${first}` } });
    try {
      const reader = await after.signIn('duty');
      expect((await asked(id, reader)).body).toEqual({ phone: PHONE });
      await new Promise<void>((resolve) => after.app.get(Leader).onLead(resolve));
      await after.app.get(ErasureSchedule).reseal();
      const [row] = await after.app.get(Database).query('select key_id as key from incident_caller');
      expect(row).toEqual({ key: 'new' });
      expect((await asked(id, reader)).body).toEqual({ phone: PHONE });
      await after.app
        .get(Database)
        .query(`update incident_caller set sealed = set_byte(sealed, 0, 255 - get_byte(sealed, 0))`);
      expect((await asked(id, reader)).status).toBe(500);
    } finally {
      await after.close();
    }
  });

  it('that are none end the start', async () => {
    await expect(openApp({ env: { CALLER_KEYS: 'short:AAAA' } })).rejects.toThrow(
      'CALLER_KEYS: expected id:key',
    );
  });
});
