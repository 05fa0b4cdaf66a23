import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import type { Centre, Incident, Notice } from '@app/shared';
import pg from 'pg';
import { cloneDatabase, Person } from '../support/app.js';
import { openProxy, throughPort } from '../support/proxy.js';
import { Screen } from '../support/screen.js';
import { freePort, openServer, type ServerProcess } from '../support/server.js';

const REPORT = { category: 'traffic', severity: 3, lng: 98.2888, lat: 39.7721, source: 'phone' };
const DRAIN_MS = 10_000;

let source: { url: string; drop: () => Promise<void> };
let database: pg.Client;
let port: number;
let server: ServerProcess;

beforeAll(async () => {
  source = await cloneDatabase('city');
  database = new pg.Client(source.url);
  await database.connect();
  port = await freePort();
  server = await openServer(source.url, { port });
});
afterAll(async () => {
  await server?.end('SIGKILL');
  await database?.end();
  await source?.drop();
});

const rows = async <Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> =>
  (await database.query(sql, parameters)).rows as Row[];

interface Stream {
  /** Key of the request → id of the incident that was acknowledged. */
  readonly acknowledged: Map<string, string>;
  readonly over: Promise<unknown>;
}

const send = (person: Person, key: string) =>
  person.post<Incident>('/api/incidents', { ...REPORT, externalId: key }, { 'idempotency-key': key });

/** Eight reporters, each with one request on the way at a time, until the server is gone. */
function stream(person: Person, name: string): Stream {
  const acknowledged = new Map<string, string>();
  const reporter = async (who: number) => {
    try {
      for (let i = 0; ; i++) {
        const key = `${name}-${who}-${i}`;
        const { status, body } = await send(person, key);
        if (status === 201) acknowledged.set(key, body.id);
      }
    } catch {
      return;
    }
  };
  const over = Promise.all(Array.from({ length: 8 }, (_, who) => reporter(who)));
  return { acknowledged, over };
}

async function until(isMet: () => boolean): Promise<void> {
  while (!isMet()) await pause(5);
}

describe('a server that is told to stop', () => {
  it('tells its screens, finishes what it began, and ends with code 0 within 10 s', async () => {
    const duty = await server.signIn('duty');
    const [root] = (await duty.get<{ items: Centre[] }>('/api/centres')).body.items;
    const screen = await Screen.joined(duty, root?.id ?? '');
    const notices: Notice[] = [];
    screen.socket.on('notice', (notice: Notice) => notices.push(notice));
    const gone = new Promise((resolve) => screen.socket.once('disconnect', resolve));
    const flow = stream(duty, 'drain');
    await until(() => flow.acknowledged.size >= 30);
    const ended = await server.end('SIGTERM');
    expect(ended).toMatchObject({ code: 0, signal: null });
    expect(ended.ms).toBeLessThan(DRAIN_MS);
    await gone;
    expect(notices).toEqual([{ code: 'draining' }]);
    await flow.over;
    const stored = await rows<{ key: string }>(
      "select external_id as key from incident where external_id like 'drain-%'",
    );
    const kept = new Set(stored.map(({ key }) => key));
    expect([...flow.acknowledged.keys()].filter((key) => !kept.has(key))).toEqual([]);
    server = await openServer(source.url, { port });
  });

  it('ends with code 0 within 10 s also when its database hangs', async () => {
    const proxy = await openProxy(Number(new URL(source.url).port));
    const behind = await openServer(throughPort(source.url, proxy.port), { port: await freePort() });
    const duty = await behind.signIn('duty');
    proxy.pause();
    const unanswered = send(duty, 'hanging').catch(() => 'lost');
    await pause(200);
    const ended = await behind.end('SIGTERM');
    expect(ended).toMatchObject({ code: 0, signal: null });
    expect(ended.ms).toBeLessThan(DRAIN_MS);
    await unanswered;
    await proxy.close();
  });

  it('ends by itself when whoever started it is gone', async () => {
    const orphan = await openServer(source.url, { port: await freePort() });
    const ended = new Promise((resolve) => orphan.child.once('exit', resolve));
    orphan.child.disconnect();
    expect(await ended).toBe(0);
  });
});
