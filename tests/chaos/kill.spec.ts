import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import type { Centre, FixesAnswer, Incident, NewDevice, Notice, Team } from '@app/shared';
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
  /** Keys of requests that nobody answered: their fate is unknown. */
  readonly unanswered: string[];
  readonly stop: AbortController;
  readonly over: Promise<unknown>;
}

const send = (person: Person, key: string) =>
  person.post<Incident>('/api/incidents', { ...REPORT, externalId: key }, { 'idempotency-key': key });

/** Eight reporters, each with one request on the way at a time, until they are stopped or the server is gone. */
function stream(person: Person, name: string): Stream {
  const acknowledged = new Map<string, string>();
  const unanswered: string[] = [];
  const stop = new AbortController();
  const reporter = async (who: number) => {
    for (let i = 0; !stop.signal.aborted; i++) {
      const key = `${name}-${who}-${i}`;
      try {
        const { status, body } = await send(person, key);
        if (status === 201) acknowledged.set(key, body.id);
        else unanswered.push(key);
      } catch {
        unanswered.push(key);
        return;
      }
    }
  };
  const over = Promise.all(Array.from({ length: 8 }, (_, who) => reporter(who)));
  return { acknowledged, unanswered, stop, over };
}

async function until(isMet: () => boolean): Promise<void> {
  while (!isMet()) await pause(5);
}

describe('a server that is killed in the middle of a stream of reports', () => {
  it('loses nothing that it acknowledged and doubles nothing, however often', async () => {
    const duty = await server.signIn('duty');
    const [root] = (await duty.get<{ items: Centre[] }>('/api/centres')).body.items;
    let screen = await Screen.joined(duty, root?.id ?? '');
    const keys = new Map<string, string>();
    for (let round = 0; round < 3; round++) {
      const flow = stream(duty, `round-${round}`);
      await until(() => flow.acknowledged.size >= 60 + 25 * round);
      expect(await server.end('SIGKILL')).toMatchObject({ signal: 'SIGKILL' });
      await flow.over;
      expect(screen.faults).toEqual([]);
      server = await openServer(source.url, { port });

      const stored = await rows<{ id: string; key: string }>(
        'select id, external_id as key from incident where external_id like $1',
        [`round-${round}-%`],
      );
      const idOf = new Map(stored.map(({ id, key }) => [key, id]));
      for (const [key, id] of flow.acknowledged) expect(idOf.get(key)).toBe(id);
      // What nobody answered is sent again with its key: whatever its fate was, it is there once.
      expect(flow.unanswered.length).toBeGreaterThan(0);
      for (const key of flow.unanswered) {
        const { status, body } = await send(duty, key);
        expect(status).toBe(201);
        flow.acknowledged.set(key, body.id);
      }
      for (const [key, id] of flow.acknowledged) keys.set(key, id);

      const next = await Screen.open(duty, screen.scope);
      for (const item of screen.picture.items()) next.picture.apply(item);
      next.cursor = screen.cursor;
      expect(await next.join()).toMatchObject({ mode: 'resume' });
      for (const id of flow.acknowledged.values()) await next.sees(id);
      await next.until(() => next.pulses > 0, 'a pulse');
      expect(next.faults).toEqual([]);
      screen = next;
    }
    const stored = await rows<{ id: string }>("select id from incident where external_id like 'round-%'");
    expect(stored.map(({ id }) => id).sort()).toEqual([...keys.values()].sort());
    const told = await rows<{ many: number; ids: number }>(
      "select count(*) as many, count(distinct id) as ids from journal where fact = 'incident.reported' and id = any($1)",
      [[...keys.values()]],
    );
    expect(told).toEqual([{ many: keys.size, ids: keys.size }]);
    const [numbers] = await rows<{ many: number; span: number; head: number; top: number }>(
      `select count(*) as many, max(seq) - min(seq) + 1 as span, max(seq) as top, (select seq from counter) as head
         from journal`,
    );
    expect([numbers?.span, numbers?.head]).toEqual([numbers?.many, numbers?.top]);
    screen.close();
  });

  it('loses no position that it acknowledged', async () => {
    const admin = await server.signIn('admin');
    const team = (await admin.get<{ items: Team[] }>('/api/teams?limit=1')).body.items[0]?.id;
    const device = (await admin.post<NewDevice>('/api/devices', { team })).body.id;
    const acknowledged = new Set<number>();
    let at = Date.now() - 3_600_000;
    const sender = (async () => {
      try {
        for (;;) {
          const times = Array.from({ length: 50 }, () => (at += 1_000));
          const batch = times.map((ms) => ({
            device,
            at: new Date(ms).toISOString(),
            lng: 98.28,
            lat: 39.77,
          }));
          const { body } = await admin.post<FixesAnswer>('/api/positions', batch);
          if (body.accepted === times.length) for (const ms of times) acknowledged.add(ms);
        }
      } catch {
        return;
      }
    })();
    await until(() => acknowledged.size >= 500);
    await server.end('SIGKILL');
    await sender;
    const stored = await rows<{ at: Date }>('select observed_at as at from track where device = $1', [
      device,
    ]);
    const kept = new Set(stored.map((row) => row.at.getTime()));
    expect([...acknowledged].filter((ms) => !kept.has(ms))).toEqual([]);
    server = await openServer(source.url, { port });
  });
});

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
