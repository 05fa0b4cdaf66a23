import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from '@20minutes/s3rver';
import type { Centre, Evidence, Incident } from '@app/shared';
import { EvidenceSchedule } from '../../server/src/incidents/evidence.schedule.js';
import { Database } from '../../server/src/platform/database.js';
import { openApp, type Person, type RunningApp } from '../support/app.js';
import { fireIn } from '../support/fire.js';

type Refused = { error: { code: string; detail: Record<string, unknown> } };

const picture = (name: string) => readFile(join(import.meta.dirname, '../support/pictures', name));
const REPORT = { category: 'fire', severity: 3, source: 'phone' };

let running: RunningApp;
let directory: string;
let duty: Person;
let own: Person;
let sibling: Person;
let anchor: readonly number[];

async function open(env: Record<string, string> = {}): Promise<RunningApp> {
  return openApp({ env: { DATA_DIR: directory, EVIDENCE_MB: '1', ...env } });
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'evidence-'));
  running = await open();
  duty = await running.signIn('duty');
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

async function reported(by: Person = own): Promise<Incident> {
  const [lng, lat] = anchor;
  return (await by.post<Incident>('/api/incidents', { ...REPORT, lng, lat })).body;
}

async function sent(
  incident: string,
  bytes: Uint8Array,
  { by = own, name = '现场 照片.JPG', key }: { by?: Person; name?: string; key?: string } = {},
): Promise<{ status: number; body: Evidence & Refused }> {
  const body = new FormData();
  body.set('file', new Blob([new Uint8Array(bytes)]), name);
  const headers = { ...by.headers, origin: by.url, ...(key ? { 'idempotency-key': key } : {}) };
  const answer = await fetch(`${by.url}/api/incidents/${incident}/evidence`, {
    method: 'POST',
    headers,
    body,
  });
  return { status: answer.status, body: (await answer.json()) as Evidence & Refused };
}

const fetched = (id: string, by: Person = own) =>
  fetch(`${by.url}/api/evidence/${id}`, { headers: by.headers });
const listed = async (incident: string, by: Person = own) =>
  (await by.get<{ items: Evidence[] }>(`/api/incidents/${incident}/evidence`)).body.items ?? [];
const files = async (): Promise<string[]> =>
  (await readdir(join(directory, 'evidence'), { recursive: true }).catch(() => [])).filter((name) =>
    name.includes('-'),
  );

describe('evidence', () => {
  it('is kept without metadata, and comes back as what it is, to be saved and never run', async () => {
    const { id } = await reported();
    const { status, body } = await sent(id, await picture('photo.jpg'));
    expect([status, body]).toEqual([
      201,
      expect.objectContaining({ name: '现场 照片.jpg', type: 'image/jpeg', by: expect.any(String) }),
    ]);
    const answer = await fetched(body.id);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.toString('latin1')).not.toMatch(/Secret/);
    expect(bytes.length).toBe(body.bytes);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent('现场 照片.jpg')}`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    expect(await listed(id)).toEqual([body]);
  });

  it('is read by whoever may read its incident, and every reading is in the audit', async () => {
    const { id } = await reported();
    const { body } = await sent(id, await picture('photo.png'), { name: '../../etc/passwd' });
    expect(body.name).toBe('passwd.png');
    expect((await fetched(body.id, duty)).status).toBe(200);
    expect([(await fetched(body.id, sibling)).status, await listed(id, sibling)]).toEqual([404, []]);
    expect((await sent(id, await picture('photo.png'), { by: sibling })).status).toBe(404);
    const display = await running.signIn('display');
    expect([
      (await fetched(body.id, display)).status,
      (await display.get(`/api/incidents/${id}/evidence`)).status,
    ]).toEqual([403, 403]);
    const lines = await running.app
      .get(Database)
      .query<{ action: string }>('select action from audit where subject = $1 order by seq', [
        `evidence:${body.id}`,
      ]);
    expect(lines.map(({ action }) => action)).toEqual(['evidence.kept', 'evidence.read']);
  });

  it.each([
    [
      'a page that calls itself a picture',
      Buffer.from('<html><script>alert(1)</script></html>'),
      415,
      'evidence.type',
    ],
    ['a program', Buffer.from('MZ\x90\0'.padEnd(200, '\0'), 'latin1'), 415, 'evidence.type'],
    [
      'an SVG',
      Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'),
      415,
      'evidence.type',
    ],
    ['a GIF', Buffer.from('GIF89a\x01\0\x01\0\0\0\0;', 'latin1'), 415, 'evidence.type'],
    ['nothing', Buffer.alloc(0), 400, 'request.malformed'],
    ['more than is allowed', Buffer.alloc(1_000_001), 413, 'request.too-large'],
  ])('that is %s is refused, and nothing of it is kept', async (_, bytes, status, code) => {
    const { id } = await reported();
    const before = await files();
    const answer = await sent(id, bytes);
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
    expect([await listed(id), await files()]).toEqual([[], before]);
  });

  it('that breaks off is refused', async () => {
    const { id } = await reported();
    const answer = await sent(id, (await picture('photo.jpg')).subarray(0, 3000));
    expect([answer.status, answer.body.error.code]).toEqual([400, 'evidence.broken']);
    const none = await own.post<Refused>(`/api/incidents/${id}/evidence`, {});
    expect([none.status, none.body.error.code]).toEqual([400, 'request.malformed']);
  });

  it('sent twice under one key is one piece, and the second one’s bytes go', async () => {
    const { id } = await reported();
    const bytes = await picture('photo.webp');
    const [first, second] = [await sent(id, bytes, { key: 'k1' }), await sent(id, bytes, { key: 'k1' })];
    expect([second.status, second.body]).toEqual([201, first.body]);
    await running.app.get(EvidenceSchedule).run();
    const held = (await files()).filter((name) => name.endsWith(first.body.id));
    expect([await listed(id), held.length]).toEqual([[first.body], 1]);
    const other = await sent(id, await picture('photo.png'), { key: 'k1' });
    expect([other.status, other.body.error.code]).toEqual([422, 'idempotency.mismatch']);
  });

  it('that was changed where it lies is not handed out', async () => {
    const { id } = await reported();
    const { body } = await sent(id, await picture('photo.png'));
    await writeFile(join(directory, 'evidence', body.id.slice(-2), body.id), 'something else');
    const answer = await fetched(body.id);
    expect([answer.status, ((await answer.json()) as Refused).error.code]).toEqual([500, 'evidence.lost']);
  });

  it('whose upload died half way is swept when it can only be dead', async () => {
    const { app } = running;
    const { id } = await reported();
    const { body } = await sent(id, await picture('photo.png'));
    const database = app.get(Database);
    await database.query(`update evidence set state = 'pending' where id = $1`, [body.id]);
    await app.get(EvidenceSchedule).run();
    expect((await files()).some((name) => name.endsWith(body.id))).toBe(true);
    await database.query(`update evidence set at = at - interval '2 hours' where id = $1`, [body.id]);
    await app.get(EvidenceSchedule).run();
    expect((await files()).some((name) => name.endsWith(body.id))).toBe(false);
    expect(await database.query('select id from evidence where id = $1', [body.id])).toEqual([]);
  });

  it('goes when it was kept long enough after the end of its incident, not before, and once', async () => {
    const { app } = running;
    const incident = await reported();
    const { body } = await sent(incident.id, await picture('photo.jpg'));
    const step = { version: incident.version, reason: '误报' };
    expect((await own.post(`/api/incidents/${incident.id}/reject`, step)).status).toBe(200);
    const late = await sent(incident.id, await picture('photo.png'));
    const fireAfter = (days: number) => fireIn(running, days * 86_400_000 + 1000);
    await fireAfter(179);
    expect(await listed(incident.id)).toHaveLength(2);
    await fireAfter(180);
    expect([await listed(incident.id), (await fetched(body.id)).status]).toEqual([[], 404]);
    await app.get(EvidenceSchedule).run();
    const left = (await files()).filter((name) => name.endsWith(body.id) || name.endsWith(late.body.id));
    expect(left).toEqual([]);
  });
});

describe('with a virus scanner', () => {
  /** Speaks as clamd does: reads pieces to the empty one, knows one virus. */
  function scanner(): Server {
    return createServer((socket) => {
      let told = Buffer.alloc(0);
      socket.on('error', () => undefined);
      socket.on('data', (piece) => {
        told = Buffer.concat([told, piece]);
        if (!told.subarray(-4).equals(Buffer.alloc(4))) return;
        socket.end(told.includes('SecretComment') ? 'stream: Eicar-Test FOUND\0' : 'stream: OK\0');
      });
    });
  }

  it('takes what is clean, refuses what is not, and takes nothing while it does not answer', async () => {
    const server = scanner();
    const port = await new Promise<number>((resolve) =>
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
    );
    const guarded = await open({ ANTIVIRUS: `clamd:127.0.0.1:${port}` });
    try {
      const by = await guarded.signIn('duty');
      const { id } = await reported(by);
      const clean = Buffer.from(
        (await picture('photo.png')).toString('latin1').replace('SecretComment', 'PlainComments'),
        'latin1',
      );
      expect((await sent(id, clean, { by })).status).toBe(201);
      const bad = await sent(id, await picture('photo.jpg'), { by });
      expect([bad.status, bad.body.error]).toEqual([
        422,
        expect.objectContaining({ code: 'evidence.infected', detail: { found: 'Eicar-Test' } }),
      ]);
      await new Promise((resolve) => server.close(resolve));
      const unseen = await sent(id, clean, { by });
      expect([unseen.status, unseen.body.error.code]).toEqual([503, 'evidence.unscanned']);
      expect(await listed(id, by)).toHaveLength(1);
    } finally {
      server.close();
      await guarded.close();
    }
  });

  it.each([
    ['true', 201],
    ['false', 422],
    ['/does/not/exist', 503],
    ['sh -c exit', 201],
  ])('that is the program %s, an upload is answered %i', async (program, status) => {
    const guarded = await open({ ANTIVIRUS: `command:${program}` });
    try {
      const by = await guarded.signIn('duty');
      const { id } = await reported(by);
      expect((await sent(id, await picture('photo.png'), { by })).status).toBe(status);
    } finally {
      await guarded.close();
    }
  });
});

describe('in a bucket', () => {
  it('is put, read, and taken away over signed requests', async () => {
    const bucket = new S3rver({
      port: 0,
      address: '127.0.0.1',
      silent: true,
      directory: join(directory, 's3'),
      configureBuckets: [{ name: 'evidence', configs: [] }],
    });
    const { port } = await bucket.run();
    const env = {
      S3_ENDPOINT: `http://127.0.0.1:${port}`,
      S3_BUCKET: 'evidence',
      S3_KEY: 'S3RVER',
      S3_SECRET: 'S3RVER',
    };
    const stored = await open(env);
    const locked = await open({ ...env, S3_SECRET: 'wrong' });
    try {
      const by = await stored.signIn('duty');
      const { id } = await reported(by);
      const { status, body } = await sent(id, await picture('photo.jpg'), { by });
      expect(status).toBe(201);
      const answer = await fetched(body.id, by);
      expect([answer.status, Buffer.from(await answer.arrayBuffer()).length]).toEqual([200, body.bytes]);
      const held = async () =>
        (await readdir(join(directory, 's3'), { recursive: true })).filter((name) => name.includes(body.id));
      expect((await held()).length).toBeGreaterThan(0);
      await stored.app.get(Database).query(`update evidence set state = 'gone' where id = $1`, [body.id]);
      await stored.app.get(EvidenceSchedule).run();
      expect(await held()).toEqual([]);

      const stranger = await locked.signIn('duty');
      const theirs = await reported(stranger);
      const refused = await sent(theirs.id, await picture('photo.jpg'), { by: stranger });
      expect([refused.status, refused.body.error.code]).toEqual([503, 'service.unavailable']);
      expect(await listed(theirs.id, stranger)).toEqual([]);
    } finally {
      await stored.close();
      await locked.close();
      await bucket.close();
    }
  }, 120_000);
});
